import type { ProviderForm } from "./provider";

export const github: ProviderForm = {
  id: "github",
  label: "GitHub Actions",
  intro: "A workflow of a GitHub repository publishes.",
  introLink: { words: "GitHub Actions and OpenID Connect", to: "github_oidc" },
  fields: [
    {
      name: "owner",
      label: "Owner",
      required: true,
      placeholder: "owner",
      help: "The GitHub organization or user that owns the repository",
      notes: [
        {
          tone: "info",
          title: "For example",
          text: "For `github.com/octo-org/sampleproject` with `.github/workflows/release.yml`: owner `octo-org`, repository `sampleproject`, workflow `release.yml`, environment `release`.",
        },
      ],
    },
    {
      name: "repository",
      label: "Repository name",
      required: true,
      placeholder: "repository",
      help: "The repository that holds the publishing workflow",
    },
    {
      name: "workflow_filename",
      label: "Workflow name",
      required: true,
      placeholder: "workflow.yml",
      help: "The file’s name only; it lies in `.github/workflows/`",
    },
    {
      name: "environment",
      label: "Environment name",
      required: false,
      placeholder: "release",
      help: "From the repository’s settings; stored in lower case",
      notes: [
        {
          tone: "warn",
          title: "Strongly recommended: an environment",
          text: "With one, you can require a reviewer for each release. It matters most when people with commit access should not be able to publish.",
          link: { words: "GitHub environments", to: "github_environments" },
        },
      ],
    },
  ],
  goodToKnow: [
    "The publishing job needs the permission `id-token: write`. Give it to that job alone, and let the job only fetch what another one built and publish it. Protect the tags that start a release.",
    "The workflow must be the one that starts the run. A reusable workflow cannot be trusted, and runs started by `pull_request_target` are refused.",
    "Repository and workflow must be spelled as GitHub spells them, capitals included. Another file that is given the trusted name inherits the trust.",
    "The owner is known by its number: whoever takes over a freed name is not trusted. After renaming the owner or the repository, add the publisher again.",
    "A publisher with the job’s environment goes before one without any: such a job then gets tokens only for the projects that list the former.",
    "GitHub Enterprise Server and Enterprise Managed Users (names with `_`) are not supported.",
  ],
};
