// Which listed publisher the text of a form is to take the place of.
import type { ChangeView, PublisherView } from "../ipc/bindings";
import type { Shell } from "../ipc/call";
import type { PublisherForm } from "./form.svelte";
import type { Publishing } from "./publishing.svelte";
import type { Work } from "./work.svelte";

export class Replacing {
  constructor(
    private readonly shell: Shell,
    private readonly work: Work,
    private readonly publishing: Publishing,
  ) {}

  isOn(form: PublisherForm): boolean {
    return form.replaces !== null || this.#removalFor(form) !== undefined;
  }

  /** The publisher that is to go; undefined where it is not listed any more, or nothing is replaced. */
  publisherOf(form: PublisherForm): PublisherView | undefined {
    const id = form.replaces ?? this.#removalFor(form)?.publisher_id;
    return this.publishing.view?.publishers.find((publisher) => publisher.id === id);
  }

  /** Makes a plain addition of it. A removal that waits for it already is taken back. */
  async stop(form: PublisherForm): Promise<void> {
    const removal = this.#removalFor(form);
    form.stopReplacing(this.publisherOf(form));
    if (!removal) return;
    await this.#discard(removal.id);
  }

  async #discard(id: string): Promise<void> {
    const discard = () => this.shell.call("discard_change", { id });
    await this.work.run(discard, () => this.#discard(id));
    await this.publishing.load();
  }

  /** What was to go once the change that is edited is listed. It goes over to what takes that one's place. */
  #removalFor({ editing }: PublisherForm): ChangeView | undefined {
    if (editing === null) return undefined;
    return this.publishing.view?.changes.find(({ after }) => after === editing);
  }
}
