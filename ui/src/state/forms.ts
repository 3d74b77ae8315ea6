import type { Provider } from "../ipc/bindings";
import type { Shell } from "../ipc/call";
import { providerForm } from "../providers";
import { PublisherForm } from "./form.svelte";

/** One form for each account, project and provider, made when it is first looked at. */
export class Forms {
  #forms = new Map<string, PublisherForm>();

  constructor(private readonly shell: Shell) {}

  of(
    index: string,
    username: string,
    project: string,
    provider: Provider | null,
  ): PublisherForm | null {
    const description = providerForm(provider);
    if (!description) return null;
    const key = JSON.stringify([index, username, project, provider]);
    const known = this.#forms.get(key);
    if (known) return known;
    const form = new PublisherForm(this.shell, project, description);
    this.#forms.set(key, form);
    return form;
  }

  /** Drops what was typed without saving it: for one account, for one index, or for all. */
  forget(index?: string, username?: string): void {
    for (const [key, form] of this.#forms) {
      const [ofIndex, ofUser] = JSON.parse(key) as string[];
      if (index !== undefined && ofIndex !== index) continue;
      if (username !== undefined && ofUser !== username) continue;
      form.clear();
      this.#forms.delete(key);
    }
  }

  /** Saves at once what is not saved yet, wherever it was typed. */
  async save(): Promise<void> {
    await Promise.all([...this.#forms.values()].map((form) => form.draft.save()));
  }
}
