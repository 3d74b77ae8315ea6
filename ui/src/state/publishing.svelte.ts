// One project's Publishing page: its list as stored here, and what Add, Remove and Send do to it.
import type {
  ChangeView,
  IpcError,
  Provider,
  PublisherView,
  PublishingView,
  QueueView,
  ReviewedChange,
} from "../ipc/bindings";
import type { Shell } from "../ipc/call";
import { messages } from "../messages/en";
import type { Drafts } from "./drafts.svelte";
import type { PublisherForm } from "./form.svelte";
import { type Outcome, outcomeOf } from "./outcome";
import type { Typed } from "./draft.svelte";
import { otherHalf } from "./replacement";
import type { Result } from "./result";
import { asShown, stillWaiting, waitingAsShown } from "./shown";
import type { Work } from "./work.svelte";

/** Ids of what a person looks at next. */
export const publisherRow = (id: string) => `publisher-${id}`;
export const changeRow = (id: string) => `change-${id}`;
export const draftRow = (id: string) => `draft-${id}`;
export const LIST_HEADING = "current-publishers";

export class Publishing {
  project = $state<string | null>(null);
  /** The tab that is open. It stays, so that one goes from project to project with the same provider. */
  provider = $state<Provider>("github");
  view = $state.raw<PublishingView | null>(null);
  /** The projects that are being read: one may go to the next before the first has answered. */
  #reading = $state.raw<string[]>([]);
  refreshing = $derived(this.project !== null && this.#reading.includes(this.project));
  sending = $state(false);
  outcome = $state.raw<Outcome | null>(null);
  /** The publisher that was added last: it stands at the top of the list. */
  newest = $state<string | null>(null);

  publishers = $derived(newestFirst(this.view?.publishers ?? [], this.newest));
  /** Changes that have a row of their own: all but the removals of publishers that are listed. */
  ownRows = $derived(
    (this.view?.changes ?? []).filter(
      (change) => change.state !== "done" && !this.#isListed(change),
    ),
  );
  /** The drafts that were put aside. One that stands in its form is not told of twice. */
  parked = $derived((this.view?.drafts ?? []).filter(({ open }) => !open));
  /** What only waits to be sent, as it is shown. */
  waiting = $derived(waitingAsShown(this.view?.changes ?? []));
  /** What still waits of that which the outcome tells of: it can be sent once more. */
  unsent = $derived(stillWaiting(this.outcome?.decided ?? [], this.view?.changes ?? []));

  constructor(
    private readonly shell: Shell,
    private readonly work: Work,
    private readonly drafts: Drafts,
  ) {}

  /** Shows what is stored here; reading from the index is a matter of its own. */
  async open(project: string): Promise<void> {
    if (this.project !== project) {
      this.project = project;
      this.view = null;
    }
    this.outcome = null;
    this.newest = null;
    await this.load();
    if (this.view) this.drafts.found(this.view);
  }

  async load(): Promise<void> {
    const project = this.project;
    if (project === null) return;
    const read = () => this.shell.call("open_publishing", { project });
    this.#show(project, await this.work.read(read, () => this.load()));
  }

  /** A change was decided on or taken back: what was said of it holds no longer. */
  async decided(): Promise<void> {
    this.outcome = null;
    await this.load();
  }

  async refresh(): Promise<void> {
    const project = this.project;
    if (project === null || this.refreshing) return;
    this.#reading = [...this.#reading, project];
    const read = () => this.shell.call("refresh_publishing", { project });
    this.#show(project, await this.work.run(read, () => this.refresh()));
    this.#reading = this.#reading.filter((other) => other !== project);
  }

  /** Confirms what the form says and sends it. Returns the id of what the focus goes to. */
  async add(form: PublisherForm): Promise<string | null> {
    if (this.sending) return null;
    this.sending = true;
    this.outcome = null;
    const queued = await this.#queue(form);
    const next = queued && (await this.#queued(form, queued));
    this.sending = false;
    return next;
  }

  /** Confirms the removal and sends it. Returns the id of what the focus goes to. */
  async remove(publisher: PublisherView): Promise<string | null> {
    const project = this.project;
    if (project === null || this.sending) return null;
    this.sending = true;
    this.outcome = null;
    const input = { project, publisher_id: publisher.id };
    const queue = () => this.shell.call("queue_remove", input);
    const again = () => this.project === project && this.remove(publisher);
    const queued = await this.work.run(queue, again);
    const next = queued.ok ? await this.#send(project, [queued.value], null) : null;
    this.sending = false;
    return next;
  }

  /** Sends what a person decided to send, as it was shown, and nothing that waits besides. */
  async send(changes: ReviewedChange[]): Promise<void> {
    const project = this.project;
    if (project === null || this.sending) return;
    this.sending = true;
    this.outcome = null;
    const sync = () => this.shell.call("sync_project", { project, changes });
    const result = await this.work.run(sync, () => this.#sendAgain(project, changes));
    if (result.ok) this.#show(project, result);
    else await this.load();
    this.sending = false;
  }

  /** Sends what still waits of what could not be sent. If none of it does, the problem is over. */
  async #sendAgain(project: string, decided: ReviewedChange[]): Promise<void> {
    this.work.problem = null;
    if (this.project !== project) return;
    await this.load();
    const changes = stillWaiting(decided, this.view?.changes ?? []);
    if (changes.length > 0) await this.send(changes);
  }

  forget(): void {
    this.project = null;
    this.view = null;
    this.outcome = null;
  }

  removalOf(publisher: PublisherView): ChangeView | undefined {
    return this.view?.changes.find(
      (change) =>
        change.action === "remove" &&
        change.state !== "done" &&
        change.publisher_id === publisher.id,
    );
  }

  additionOf(publisher: PublisherView): ChangeView | undefined {
    return this.view?.changes.find(
      (change) =>
        change.action === "add" && change.state === "done" && change.publisher_id === publisher.id,
    );
  }

  /** Gives the form's draft to the change it becomes. Then the form is free for the next publisher. */
  async #queue(form: PublisherForm): Promise<QueueView | null> {
    let queued: QueueView | null = null;
    await form.draft.give(async (draft) => {
      const typed = form.input();
      const queue = () => this.shell.call("queue_add", { ...typed, draft });
      const result = await this.work.run(queue, () => this.#addAgain(form, typed));
      if (result.ok) queued = result.value;
      return result.ok && result.value.outcome === "queued";
    });
    return queued;
  }

  /** Confirms once more what could not be kept. What stands in the form since then is not confirmed. */
  async #addAgain(form: PublisherForm, typed: Typed): Promise<void> {
    this.work.problem = null;
    if (JSON.stringify(form.input()) === JSON.stringify(typed)) await this.add(form);
  }

  async #queued(form: PublisherForm, queued: QueueView): Promise<string | null> {
    switch (queued.outcome) {
      case "invalid": {
        form.refuse(queued.check);
        this.provider = form.provider.id;
        const wrong = form.firstWrong();
        return wrong ? `field-${wrong}` : null;
      }
      case "already_listed":
        return this.#tell(messages.publishing.already_listed);
      case "already_waiting":
        return this.#tell(messages.publishing.already_waiting);
      case "replaced_gone":
        form.stopReplacing();
        await this.load();
        return this.#tell(messages.publishing.replaced_gone);
      case "queued":
        return this.#send(form.project, [queued.change, ...queued.removals], form);
    }
  }

  #tell(text: string): string {
    this.outcome = { tone: "info", text, error: null, decided: [] };
    return LIST_HEADING;
  }

  /** Sends a change that is safely stored, with what comes after it, and tells what became of it. */
  async #send(
    project: string,
    decided: [ChangeView, ...ChangeView[]],
    form: PublisherForm | null,
  ): Promise<string | null> {
    await this.load();
    const [change] = decided;
    const changes = decided.map(asShown);
    const sync = () => this.shell.call("sync_project", { project, changes });
    const result = await this.work.attempt(sync);
    if (result.ok) this.#show(project, result);
    else await this.load();
    const error = result.ok ? null : result.error;
    return this.#land(project, this.#find(project, change), form, changes, error);
  }

  /** The change as it is now. One that is no longer told of keeps the state in which it was stored. */
  #find(project: string, change: ChangeView): ChangeView {
    const changes = this.project === project ? (this.view?.changes ?? []) : [];
    return changes.find((each) => each.id === change.id) ?? change;
  }

  #land(
    project: string,
    change: ChangeView,
    form: PublisherForm | null,
    decided: ReviewedChange[],
    error: IpcError | null,
  ): string | null {
    if (form && change.state === "rejected") return this.#rejected(change, form);
    const listed = this.view?.publishers.find(({ id }) => id === change.publisher_id);
    const removal = change.action === "add" ? otherHalf(change, this.view?.changes ?? []) : null;
    const name = this.view?.project.name ?? project;
    this.outcome = { ...outcomeOf({ change, removal, project: name, listed, error }), decided };
    if (change.state !== "done")
      return change.action === "remove" && listed ? publisherRow(listed.id) : changeRow(change.id);
    if (change.action === "remove" || change.publisher_id === null) return LIST_HEADING;
    this.newest = change.publisher_id;
    return publisherRow(change.publisher_id);
  }

  #rejected(change: ChangeView, form: PublisherForm): string {
    const text = messages.publishing.rejected_text;
    this.outcome = { tone: "danger", text, error: null, decided: [] };
    // The next publisher may be typed already: then the row keeps what was refused.
    if (!form.isBlank || !form.draft.isFree) return changeRow(change.id);
    form.edit(change);
    // Another tab may have been opened meanwhile, and fields of two tabs share a name.
    this.provider = form.provider.id;
    const wrong = form.firstWrong();
    return wrong ? `field-${wrong}` : changeRow(change.id);
  }

  #isListed(change: ChangeView): boolean {
    const publishers = this.view?.publishers ?? [];
    return change.action === "remove" && publishers.some(({ id }) => id === change.publisher_id);
  }

  /** An answer that comes after one has gone to another project is not shown on that one. */
  #show(project: string, result: Result<PublishingView>): void {
    if (result.ok && this.project === project) this.view = result.value;
  }
}

function newestFirst(publishers: PublisherView[], newest: string | null): PublisherView[] {
  return publishers.toSorted(
    (one, other) => Number(other.id === newest) - Number(one.id === newest),
  );
}
