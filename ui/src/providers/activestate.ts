import type { ProviderForm } from "./provider";

export const activestate: ProviderForm = {
  id: "activestate",
  label: "ActiveState",
  intro: "Builds of a project on the ActiveState Platform publish.",
  introLink: { words: "PyPI and the ActiveState Platform", to: "activestate_pypi" },
  fields: [
    {
      name: "organization",
      label: "Organization",
      required: true,
      placeholder: "my-organization",
      help: "The owner of the project, by its display name",
      notes: [
        {
          tone: "info",
          title: "For example",
          text: "For builds of `my-project` in `my-org` that the user `myactivestateuser` starts: organization `my-org`, project `my-project`, actor `myactivestateuser`.",
        },
      ],
    },
    {
      name: "project",
      label: "ActiveState Project name",
      required: true,
      placeholder: "my-project",
      help: "The ActiveState project that builds your Python artifact",
    },
    {
      name: "actor",
      label: "Actor Username",
      required: true,
      placeholder: "my-username",
      help: "The ActiveState user who starts the build",
      notes: [
        {
          tone: "info",
          title: "What ActiveState asks for",
          text: "The user needs the right to edit in the organization, and the project must be private.",
        },
      ],
    },
  ],
  goodToKnow: [
    "Only builds by ActiveState’s own `pypi-publisher` are accepted.",
    "PyPI looks up organization and user at ActiveState when you add them: both must exist, spelled exactly so.",
    "PyPI knows the user by number and lists the name that it saw first.",
  ],
};
