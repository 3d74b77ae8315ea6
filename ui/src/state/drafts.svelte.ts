// The drafts that are stored, of every project, and what a person does to one of them.
import type { DraftView, PublishingView } from "../ipc/bindings";
import type { Shell } from "../ipc/call";
import type { PublisherForm } from "./form.svelte";
import type { Work } from "./work.svelte";

/** How long a discarded draft is offered back. */
export const UNDO_MS = 10_000;
/** The id of the button that takes it back. */
export const UNDO_DRAFT = "undo-draft";

type FormOf = (draft: DraftView) => PublisherForm | null;

export class Drafts {
  /** Null: not read yet. */
  list = $state.raw<DraftView[] | null>(null);
  /** What was discarded last, as long as it is offered back. */
  discarded = $state.raw<DraftView | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly shell: Shell,
    private readonly work: Work,
    private readonly formOf: FormOf,
  ) {}

  async load(): Promise<void> {
    const result = await this.work.read(
      () => this.shell.call("list_drafts"),
      () => this.load(),
    );
    if (result.ok) this.list = result.value.drafts;
  }

  /** The drafts that were being typed stand in their forms again. What is being typed now goes first. */
  found({ drafts }: PublishingView): void {
    for (const draft of drafts) {
      const form = draft.open ? this.formOf(draft) : null;
      if (form?.isBlank && form.draft.isFree) form.stand(draft);
    }
  }

  /** Puts a draft back into its form; what stands there is put aside. */
  async edit(draft: DraftView): Promise<PublisherForm | null> {
    const form = this.formOf(draft);
    if (!form || form.draft.id === draft.id) return form;
    const { id } = draft;
    const opened = await form.draft.give(async (_, saved) => {
      if (!saved) return false;
      const open = () => this.shell.call("open_draft", { id });
      return (await this.work.run(open, () => this.edit(draft))).ok;
    });
    if (!opened) return null;
    if (form.isBlank && form.draft.isFree) form.stand(draft);
    return form;
  }

  async discard(draft: DraftView): Promise<boolean> {
    const { id } = draft;
    const discard = () => this.shell.call("discard_draft", { id });
    const run = async () => (await this.work.run(discard, () => this.discard(draft))).ok;
    const form = this.formOf(draft);
    const done = await (form?.draft.id === id ? form.draft.give(run) : run());
    if (done) this.#offer(draft);
    return done;
  }

  /** Takes the last discarded draft back. */
  async undo(): Promise<DraftView | null> {
    const draft = this.discarded;
    if (!draft) return null;
    const { id } = draft;
    const result = await this.work.run(
      () => this.shell.call("restore_draft", { id }),
      () => this.undo(),
    );
    if (!result.ok) return null;
    this.withdraw();
    return draft;
  }

  /** The offer does not end under the hands of who is about to take it. */
  hold(): void {
    clearTimeout(this.#timer);
  }

  release(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.withdraw(), UNDO_MS);
  }

  withdraw(): void {
    clearTimeout(this.#timer);
    this.discarded = null;
  }

  forget(): void {
    this.list = null;
    this.withdraw();
  }

  #offer(draft: DraftView): void {
    this.discarded = draft;
    this.release();
  }
}
