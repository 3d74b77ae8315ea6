// What a provider's tab is made of. One form draws them all, so a new provider is one more file of this shape.
// In running text, what stands between two backticks is drawn as an identifier.
import type { DocsLink, Provider, PublishingView } from "../ipc/bindings";

export interface Link {
  words: string;
  to: DocsLink;
}

export interface Note {
  tone: "info" | "warn";
  title: string;
  text: string;
  link?: Link;
}

export interface ProviderField {
  /** Warehouse's own name of the field, the same in Rust, in the database and in the form. */
  name: string;
  label: string;
  required: boolean;
  help: string;
  placeholder?: string;
  /** Where the choices of a field that is chosen, not typed, are found. */
  choices?: keyof Pick<PublishingView, "gitlab_instances">;
  /** What it says from the start. Fields without it begin empty. */
  initial?: string;
  /** What stands beside it. */
  notes?: Note[];
}

export interface ProviderForm {
  id: Provider;
  label: string;
  intro: string;
  introLink: Link;
  fields: ProviderField[];
  /** What is worth knowing and too much to stand beside a field. */
  goodToKnow: string[];
  moreLinks?: Link[];
}
