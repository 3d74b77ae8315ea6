// What a provider's tab is made of. One form draws them all, so a new provider is one more file of this shape.
import type { DocsLink, Provider } from "../ipc/bindings";

export interface ProviderField {
  /** Warehouse's own name of the field, the same in Rust, in the database and in the form. */
  name: string;
  label: string;
  required: boolean;
  placeholder: string;
  help: string;
  note?: {
    tone: "info" | "warn";
    title: string;
    text: string;
    link?: { words: string; to: DocsLink };
  };
}

export interface ProviderForm {
  id: Provider;
  label: string;
  intro: string;
  introLink: { words: string; to: DocsLink };
  fields: ProviderField[];
}
