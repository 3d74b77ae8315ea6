import type { Provider } from "../ipc/bindings";
import type { Shell } from "../ipc/call";
import { providerForm } from "../providers";
import { PublisherForm } from "./form.svelte";

/** One form for each index, project and provider, made when it is first looked at. */
export class Forms {
  #forms = new Map<string, PublisherForm>();

  constructor(private readonly shell: Shell) {}

  of(index: string, project: string, provider: Provider | null): PublisherForm | null {
    const description = providerForm(provider);
    if (!description) return null;
    const key = JSON.stringify([index, project, provider]);
    const known = this.#forms.get(key);
    if (known) return known;
    const form = new PublisherForm(this.shell, project, description);
    this.#forms.set(key, form);
    return form;
  }
}
