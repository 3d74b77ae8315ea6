import type { Provider } from "../ipc/bindings";
import { github } from "./github";
import type { ProviderForm } from "./provider";

/** The providers that have a form, in PyPI's order. */
export const providers: ProviderForm[] = [github];

export function providerForm(id: Provider | null): ProviderForm | undefined {
  return providers.find((provider) => provider.id === id);
}
