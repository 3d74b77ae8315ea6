import type { Provider } from "../ipc/bindings";
import { activestate } from "./activestate";
import { github } from "./github";
import { gitlab } from "./gitlab";
import { google } from "./google";
import type { ProviderForm } from "./provider";

/** The providers, in PyPI's order. */
export const providers: ProviderForm[] = [github, gitlab, google, activestate];

export function providerForm(id: Provider | null): ProviderForm | undefined {
  return providers.find((provider) => provider.id === id);
}
