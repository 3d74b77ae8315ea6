// A publisher's words, as core would make them of its fields.
import type { DetailView, Provider, PublisherView } from "../bindings";

type Fields = Record<string, string>;

interface Words {
  name: string;
  details: (fields: Fields) => DetailView[];
  subject: (fields: Fields) => string;
  limit: (fields: Fields) => string;
}

const detail = (label: string, value = "", linked = false): DetailView => {
  return { label, value: value === "" ? null : value, linked };
};
const environmentOf = ({ environment }: Fields) =>
  environment ? `, environment ${environment}` : ", any environment";

const WORDS: Record<Provider, Words> = {
  github: {
    name: "GitHub",
    details: ({ owner, repository, workflow_filename, environment }) => [
      detail("Repository", `${owner}/${repository}`, true),
      detail("Workflow", workflow_filename, true),
      detail("Environment name", environment?.toLowerCase()),
    ],
    subject: ({ owner, repository, workflow_filename }) =>
      `${workflow_filename} in ${owner}/${repository}`,
    limit: (fields) => environmentOf(fields).toLowerCase(),
  },
  gitlab: {
    name: "GitLab",
    details: ({ namespace, project, workflow_filepath, environment, issuer_url }) => [
      detail("Project", `${namespace}/${project}`, true),
      detail("Top-level pipeline", workflow_filepath, true),
      detail("Environment name", environment),
      detail("Issuer", issuer_url),
    ],
    subject: ({ namespace, project, workflow_filepath }) =>
      `${workflow_filepath} in ${namespace}/${project}`,
    limit: environmentOf,
  },
  google: {
    name: "Google",
    details: ({ email, sub }) => [detail("Email", email), detail("Subject", sub)],
    subject: ({ email = "" }) => email,
    limit: ({ sub }) => (sub ? `, subject ${sub}` : ""),
  },
  activestate: {
    name: "ActiveState",
    details: ({ organization, project, actor }) => [
      detail("Organization", organization),
      detail("ActiveState Project", project),
      detail("Actor", actor),
    ],
    subject: ({ organization, project, actor }) => `${actor} in ${organization}/${project}`,
    limit: () => "",
  },
};

export function publisherView(provider: Provider, id: string, fields: Fields): PublisherView {
  const words = WORDS[provider];
  const subject = words.subject(fields);
  return {
    id,
    provider,
    provider_name: words.name,
    subject,
    line: `${subject}${words.limit(fields)}`,
    details: words.details(fields),
    fields: { ...fields },
  };
}
