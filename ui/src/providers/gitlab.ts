import type { ProviderForm } from "./provider";

export const gitlab: ProviderForm = {
  id: "gitlab",
  label: "GitLab CI/CD",
  intro:
    "A pipeline of a project on `gitlab.com` publishes. Self-managed instances work only where PyPI has enabled one for this project’s organization; the form then lets you choose it.",
  introLink: { words: "GitLab’s ID tokens", to: "gitlab_id_tokens" },
  fields: [
    {
      name: "namespace",
      label: "Namespace",
      required: true,
      placeholder: "namespace",
      help: "The user or group/subgroup that holds the project",
      notes: [
        {
          tone: "info",
          title: "For example",
          text: "For `gitlab.com/namespace/sampleproject` with `.gitlab-ci.yml`: namespace `namespace`, project `sampleproject`, pipeline `.gitlab-ci.yml`, environment `release`.",
        },
      ],
    },
    {
      name: "project",
      label: "Project name",
      required: true,
      placeholder: "project",
      help: "The GitLab project that holds the publishing pipeline",
    },
    {
      name: "workflow_filepath",
      label: "Top-level pipeline file path",
      required: true,
      placeholder: ".gitlab-ci.yml",
      help: "Its path from the root of that project",
    },
    {
      name: "environment",
      label: "Environment name",
      required: false,
      placeholder: "release",
      help: "From the project’s settings; spelled exactly as there",
      notes: [
        {
          tone: "warn",
          title: "Strongly recommended: an environment",
          text: "With one, you can require an approval for each release. It matters most when people with commit access should not be able to publish.",
          link: { words: "GitLab environments", to: "gitlab_environments" },
        },
      ],
    },
    {
      name: "issuer_url",
      label: "GitLab instance",
      required: true,
      help: "PyPI has enabled these for the organization",
      choices: "gitlab_instances",
      // First among the choices on every index.
      initial: "https://gitlab.com",
    },
  ],
  goodToKnow: [
    "The publishing job needs `id_tokens` with `PYPI_ID_TOKEN` and `aud: pypi` (for TestPyPI `testpypi`); `twine upload` does the rest.",
    "Every job of this pipeline, and of what it includes, can publish: GitLab does not tell which one asks. Use protected tags and protected environments.",
    "GitLab projects are known by name only: whoever creates a deleted namespace anew is trusted. Remove the publisher before you give up its name.",
    "Spell every name as GitLab does, capitals included. A pipeline file of another project does not work.",
  ],
};
