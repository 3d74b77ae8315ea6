// The draft behind one form: what is typed there is saved as one goes. One thing at a time happens to
// it, so that an older text can never land after a newer one, and no save comes between Add and its answer.
import type { DraftView, SaveDraft } from "../ipc/bindings";
import type { Shell } from "../ipc/call";
import { asIpcError } from "../ipc/errors";

/** How long a person must pause before the text is saved. */
export const SAVE_MS = 300;

/** How long text may stay unsaved while somebody types on without a pause. */
export const LATEST_MS = 350;

/** What stands in a form, and whose place it is to take. */
export type Typed = Omit<SaveDraft, "id">;

/** The form whose text it keeps. */
export interface DraftedForm {
  readonly isBlank: boolean;
  input(): Typed;
  clear(): void;
  /** Its text takes nobody's place any more. */
  unlink(): void;
}

export class FormDraft {
  /** What is stored under; null while nothing is. */
  id = $state<string | null>(null);
  /** What is said of it. Nothing, while the text is still being typed. */
  said = $state<"quiet" | "saved" | "failed" | "parked" | "nothing">("quiet");
  /** Why the last save failed. */
  reason = $state("");
  /** There is text that no answer has called saved. */
  #unsaved = false;
  /** Since when; null while everything is saved, or on its way. */
  #since: number | null = null;
  /** Asked for with every try, so that a save whose answer was lost is not made twice. */
  #next = crypto.randomUUID() as string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Ends when everything that was begun has ended; null while nothing happens. */
  #turn: Promise<unknown> | null = null;

  constructor(
    private readonly shell: Shell,
    private readonly form: DraftedForm,
  ) {}

  /** Whether the form may take another text without losing this one. */
  get isFree(): boolean {
    return this.id === null && !this.#unsaved && this.#turn === null;
  }

  typed(): void {
    this.#unsaved = true;
    this.said = "quiet";
    clearTimeout(this.#timer);
    const now = Date.now();
    this.#since ??= now;
    const left = Math.max(0, this.#since + LATEST_MS - now);
    this.#timer = setTimeout(() => void this.save(), Math.min(SAVE_MS, left));
  }

  /** Saves now what is not saved yet. False: it could not be, and the form still has it. */
  save(): Promise<boolean> {
    clearTimeout(this.#timer);
    return this.#inTurn(() => this.#store());
  }

  /**
   * Saves the text, then hands it to what makes something else of it. Once that says true, the draft
   * is no longer this form's, and the form is free, unless it was typed in meanwhile.
   */
  give(take: (id: string | null, saved: boolean) => Promise<boolean>): Promise<boolean> {
    clearTimeout(this.#timer);
    return this.#inTurn(async () => {
      const saved = await this.#store();
      const given = this.#text();
      const taken = await take(this.id, saved);
      if (!taken) return false;
      this.letGo();
      if (this.#text() === given) {
        this.form.clear();
      } else {
        // Whose place the old text was to take went with it.
        this.form.unlink();
        this.typed();
      }
      return true;
    });
  }

  /** Puts the text aside as a draft of its own. False: it still stands in the form. */
  async park(): Promise<boolean> {
    const parked = await this.give(async (id, saved) => {
      if (id === null && saved) this.said = "nothing";
      if (id === null || !saved) return false;
      return this.#tell(() => this.shell.call("park_draft", { id }));
    });
    if (parked && this.isFree) this.said = "parked";
    return parked;
  }

  /** The form is out of sight. */
  leave(): void {
    void this.save();
    if (this.said === "parked" || this.said === "nothing") this.said = "quiet";
  }

  /** The form has been filled with this draft. */
  hold(draft: DraftView): void {
    this.letGo();
    this.id = this.#next = draft.id;
  }

  /** From now on the form's text is another draft's. */
  letGo(): void {
    clearTimeout(this.#timer);
    this.#unsaved = false;
    this.#since = null;
    this.said = "quiet";
    this.#another();
  }

  #another(): void {
    this.id = null;
    this.#next = crypto.randomUUID();
  }

  async #store(): Promise<boolean> {
    // The text may be newer when a save has been answered: then there is one more to make.
    while (this.#unsaved) {
      this.#unsaved = false;
      this.#since = null;
      const blank = this.form.isBlank;
      if (!(await this.#tell(() => (blank ? this.#discard() : this.#keep())))) {
        this.#unsaved = true;
        return false;
      }
      if (!this.#unsaved) this.said = blank ? "quiet" : "saved";
    }
    return true;
  }

  async #keep(): Promise<void> {
    const id = this.#next;
    await this.shell.call("save_draft", { id, ...this.form.input() });
    this.id = id;
  }

  /** A form that is blank again has no draft, and nobody needs to hear of it. */
  async #discard(): Promise<void> {
    if (this.id !== null) await this.shell.call("discard_draft", { id: this.id });
    this.#another();
  }

  /** Runs a call that may fail; why stands beside the form, and not over the whole screen. */
  async #tell(call: () => Promise<unknown>): Promise<boolean> {
    try {
      await call();
      return true;
    } catch (thrown) {
      const error = asIpcError(thrown);
      this.said = "failed";
      this.reason = error.message;
      // It became a change, or is gone: what is typed here now is another draft.
      if (error.code === "not_found") this.#another();
      return false;
    }
  }

  /** At once when nothing else happens: a window that closes waits for nobody. */
  #inTurn<T>(job: () => Promise<T>): Promise<T> {
    const turn = this.#turn ? this.#turn.then(job) : job();
    this.#turn = turn;
    void turn.finally(() => {
      if (this.#turn === turn) this.#turn = null;
    });
    return turn;
  }

  #text(): string {
    return JSON.stringify(this.form.input().fields);
  }
}
