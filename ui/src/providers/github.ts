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
      note: {
        tone: "info",
        title: "For example",
        text: "For github.com/octo-org/sampleproject with .github/workflows/release.yml: owner octo-org, repository sampleproject, workflow release.yml.",
      },
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
      help: "The file’s name only; it lies in .github/workflows/",
    },
    {
      name: "environment",
      label: "Environment name",
      required: false,
      placeholder: "release",
      help: "From the repository’s settings; stored in lower case",
      note: {
        tone: "warn",
        title: "Strongly recommended: an environment",
        text: "With one, you can require a reviewer for each release. It matters most when people with commit access should not be able to publish.",
        link: { words: "GitHub environments", to: "github_environments" },
      },
    },
  ],
};
