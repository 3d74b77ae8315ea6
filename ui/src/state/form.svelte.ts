// The text typed for one project and provider, and what is known about it. Lives as long as the app
// runs, so that changing screens or a failed send never loses a letter; its draft outlives the app.
import type { ChangeView, CheckView, DraftView, PublisherView } from "../ipc/bindings";
import type { Shell } from "../ipc/call";
import { asIpcError } from "../ipc/errors";
import type { ProviderForm } from "../providers/provider";
import { FormDraft, type Typed } from "./draft.svelte";

/** How long a person must pause before a verdict appears: long enough not to nag in mid-word. */
export const PAUSE_MS = 250;

export class PublisherForm {
  fields = $state<Record<string, string>>({});
  check = $state.raw<CheckView | null>(null);
  /** The index's own words about the change that is being edited; a field's go when it is typed in. */
  indexErrors = $state.raw<Record<string, string[]>>({});
  /** The listed publisher that is removed once what stands here is listed. */
  replaces = $state<string | null>(null);
  /** The rejected change whose place this takes. */
  editing = $state<string | null>(null);
  /** True after Add: from then on every field shows its verdict. */
  submitted = $state(false);
  readonly draft: FormDraft;
  /** The fields that were typed in, even if they are empty again. */
  #touched = $state<Record<string, true>>({});
  /** The text is still a listed publisher's, so nothing is to be said of it. */
  #asListed = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(
    private readonly shell: Shell,
    readonly project: string,
    readonly provider: ProviderForm,
  ) {
    this.fields = this.#blank();
    this.draft = new FormDraft(shell, this);
  }

  get isBlank(): boolean {
    return this.#isText(this.#blank());
  }

  type(field: string, text: string): void {
    this.fields[field] = text;
    this.#touched[field] = true;
    this.#asListed = false;
    this.indexErrors = { ...this.indexErrors, [field]: [] };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.judge(), PAUSE_MS);
    this.draft.typed();
  }

  /** Asks core for its verdict. An answer that was overtaken by newer text is dropped. */
  async judge(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const typed = { ...this.input(), draft: this.draft.id };
      const check = await this.shell.call("check_publisher", typed);
      if (asked === this.#asked) this.check = check;
    } catch (thrown) {
      // A verdict is a convenience: Add asks again, and shows what is wrong then.
      console.warn("check_publisher", asIpcError(thrown).code);
    }
  }

  input(): Typed {
    return {
      project: this.project,
      provider: this.provider.id,
      fields: $state.snapshot(this.fields),
      replaces: this.replaces,
      edits: this.editing,
    };
  }

  errorsOf(field: string): string[] {
    const own = this.#shows(field) ? (this.check?.errors[field] ?? []) : [];
    return [...(this.indexErrors[field] ?? []), ...own.map((message) => message.text)];
  }

  warningsOf(field: string): string[] {
    const own = this.#shows(field) ? (this.check?.warnings[field] ?? []) : [];
    return own.map((message) => message.text);
  }

  /** The first field that shows an error, in the form's order. */
  firstWrong(): string | undefined {
    return this.provider.fields.find((field) => this.errorsOf(field.name).length > 0)?.name;
  }

  refuse(check: CheckView): void {
    this.#stop();
    this.check = check;
    this.submitted = true;
  }

  /** Takes a draft back into the form. */
  stand(draft: DraftView): void {
    this.clear();
    this.fields = { ...this.#blank(), ...draft.fields };
    this.replaces = draft.replaces;
    this.editing = draft.edits;
    this.draft.hold(draft);
    void this.judge();
  }

  /** Takes a rejected change back into the form, with what the index said about it. */
  edit(change: ChangeView): void {
    this.clear();
    this.fields = { ...this.#blank(), ...change.fields };
    this.indexErrors = change.field_errors;
    this.editing = change.id;
    void this.judge();
  }

  /** Begins with a listed publisher, to be removed once what is made of it here is listed. */
  replace(publisher: PublisherView): void {
    this.clear();
    this.fields = { ...this.#blank(), ...publisher.fields };
    this.replaces = publisher.id;
    this.#asListed = true;
    void this.judge();
    this.draft.typed();
  }

  /** From now on it is a publisher of its own. Text that is still `publisher`'s goes, as it is listed already. */
  stopReplacing(publisher?: PublisherView): void {
    this.replaces = null;
    if (publisher && this.#isText({ ...this.#blank(), ...publisher.fields })) this.#empty();
    else void this.judge();
    this.draft.typed();
  }

  clear(): void {
    this.#empty();
    this.draft.letGo();
  }

  unlink(): void {
    this.replaces = null;
    this.editing = null;
  }

  #empty(): void {
    this.#stop();
    this.#asListed = false;
    this.unlink();
    this.fields = this.#blank();
    this.check = null;
    this.indexErrors = {};
    this.submitted = false;
    this.#touched = {};
  }

  #isText(fields: Record<string, string>): boolean {
    return Object.entries(fields).every(([field, text]) => this.fields[field] === text);
  }

  #shows(field: string): boolean {
    if (this.submitted || this.#touched[field] === true) return true;
    return !this.#asListed && this.fields[field] !== "";
  }

  /** Forgets verdicts under way, so that an old one cannot land on new text. */
  #stop(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
  }

  /** Every field of the form, also those that are not shown: the index wants each one sent. */
  #blank(): Record<string, string> {
    return Object.fromEntries(
      this.provider.fields.map(({ name, initial = "" }) => [name, initial]),
    );
  }
}
