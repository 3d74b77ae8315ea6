// A small copy of core's verdicts, enough for the screens. Core's own are the truth.
import type { CheckView, MessageView, Provider, PublisherView } from "../bindings";
import { publisherView } from "./publishers";

/** What a value must be like, and the words if it is not. The first that fails is told. */
type Rule = [pattern: RegExp, words: string];

const needed = (words: string): Rule => [/./, words];

const ERRORS: Record<Provider, Record<string, Rule[]>> = {
  github: {
    owner: [
      needed("Specify GitHub repository owner (username or organization)"),
      [/^[a-zA-Z0-9][a-zA-Z0-9-]*$/, "Invalid GitHub user or organization name."],
    ],
    repository: [
      needed("Specify repository name"),
      [/^[a-zA-Z0-9-_.]+$/, "Invalid repository name"],
    ],
    workflow_filename: [
      needed("Specify workflow filename"),
      [/\.ya?ml$/, "Workflow name must end with .yml or .yaml"],
      [/^[^/]*$/, "Workflow filename must be a filename only, without directories"],
    ],
  },
  gitlab: {
    namespace: [
      needed("Specify GitLab namespace (username or group/subgroup)"),
      [/^[a-zA-Z0-9][\w./+-]*[a-zA-Z0-9]$/, "Invalid GitLab username or group/subgroup name."],
    ],
    project: [
      needed("Specify project name"),
      [/^[a-zA-Z0-9][\w.-]*[a-zA-Z0-9]$/, "Invalid project name"],
    ],
    workflow_filepath: [
      needed("Specify top-level pipeline file path"),
      [/\.ya?ml$/, "Top-level pipeline file path must end with .yml or .yaml"],
      [/^[^/]/, "Top-level pipeline file path cannot start or end with /"],
    ],
    environment: [[/^[\w\-/${} ]*$/, "Invalid environment name"]],
  },
  google: {
    email: [needed("This field is required."), [/^\S+@\S+\.\S+$/, "Invalid email address."]],
  },
  activestate: {
    organization: [needed("Specify ActiveState organization name")],
    project: [
      needed("Specify ActiveState project name"),
      [/^[.a-zA-Z0-9-]{3,40}$/, "Invalid ActiveState project name"],
    ],
    actor: [needed("Specify the ActiveState actor username")],
  },
};

const WARNINGS: Record<Provider, Record<string, Rule[]>> = {
  github: {
    environment: [
      needed("Without an environment, anyone who can run this workflow can publish."),
      [/^[^A-Z]*$/, "Will be stored in lower case."],
    ],
  },
  gitlab: {
    environment: [needed("Without an environment, any job of this pipeline can publish.")],
  },
  google: {
    email: [
      [
        /^(?!.*(-compute@developer|@appspot)\.gserviceaccount\.com$)/,
        "This is a default service account: everything that runs in the project may use it.",
      ],
    ],
    sub: [[/^\d*$/, "Google's subjects are numbers, so this would match nothing."]],
  },
  activestate: {},
};

export function fakeVerdict(
  provider: Provider,
  fields: Record<string, string>,
  listed: PublisherView[],
  instances: string[],
): CheckView {
  const errors = broken(ERRORS[provider], fields);
  const warnings = broken(WARNINGS[provider], fields);
  if (provider === "gitlab" && !instances.includes(fields["issuer_url"] ?? ""))
    errors["issuer_url"] = [message("Not a valid choice.")];
  const sound = Object.keys(errors).length === 0;
  const preview = sound ? publisherView(provider, "", fields).line : null;
  if (listed.some(({ line }) => line === preview)) {
    const first = Object.keys(ERRORS[provider])[0] ?? "";
    const words = "This publisher is already there; adding it again changes nothing.";
    warnings[first] = [message(words), ...(warnings[first] ?? [])];
  }
  return { errors, warnings, preview };
}

function broken(rules: Record<string, Rule[]>, fields: Record<string, string>) {
  const found: Record<string, MessageView[]> = {};
  for (const [field, each] of Object.entries(rules)) {
    const rule = each.find(([pattern]) => !pattern.test(fields[field] ?? ""));
    if (rule) found[field] = [message(rule[1])];
  }
  return found;
}

const message = (text: string): MessageView => ({ key: "fake", args: {}, text });
