// Made-up projects for the fake shell.
import type { ProjectView, PublisherView } from "../bindings";
import { publisherView } from "./publishers";

export const NOW = Date.UTC(2026, 10, 22, 14, 5);
const day = (days: number) => NOW - days * 86_400_000;

const octo = (repository: string, workflow_filename: string, environment: string) => ({
  owner: "octo-org",
  repository,
  workflow_filename,
  environment,
});

export function seedPublishers(): Record<string, PublisherView[]> {
  return {
    sampleproject: [
      publisherView("github", "0191-pypi", octo("sampleproject", "publish.yml", "pypi")),
      publisherView("github", "0191-wheels", octo("sampleproject-wheels", "wheels.yml", "")),
    ],
    "octo-http": [publisherView("github", "0191-http", octo("octo-http", "release.yml", "pypi"))],
    "octo-legacy": [publisherView("github", "0191-legacy", octo("octo-legacy", "upload.yml", ""))],
    "octo-cli": [],
    "octo-parsers": [
      publisherView("github", "0191-parsers", octo("octo-parsers", "release.yml", "")),
      publisherView("gitlab", "0191-gitlab", {
        namespace: "octo/tools",
        project: "octo-parsers",
        workflow_filepath: ".gitlab-ci.yml",
        environment: "release",
        issuer_url: "https://gitlab.com",
      }),
      publisherView("google", "0191-google", {
        email: "publisher@octo-parsers.iam.gserviceaccount.com",
        sub: "",
      }),
      publisherView("activestate", "0191-activestate", {
        organization: "Octo Inc",
        project: "octo-parsers",
        actor: "octocat",
      }),
    ],
  };
}

function project(name: string, over: Partial<ProjectView>): ProjectView {
  return {
    name,
    normalized_name: name.toLowerCase().replace(/[-_.]+/g, "-"),
    organization: null,
    sole_owner: false,
    date: { kind: "released", at_ms: day(20) },
    summary: null,
    archived: false,
    can_manage: true,
    has_page: true,
    publishers: null,
    any_environment: false,
    change_count: 0,
    ...over,
  };
}

export function seedProjects(): ProjectView[] {
  return [
    project("sampleproject", {
      sole_owner: true,
      date: { kind: "released", at_ms: day(4) },
      summary: "A sample Python project",
    }),
    project("octo-http", {
      organization: "octo-org",
      date: { kind: "released", at_ms: day(11) },
      summary: "Small HTTP client with retries and a quiet log",
    }),
    project("octo-cli", {
      sole_owner: true,
      date: { kind: "released", at_ms: day(71) },
      summary: "Command line for octo",
    }),
    project("octo.parsers", {
      sole_owner: true,
      date: { kind: "released", at_ms: day(112) },
      summary: "Parsers used by octo: configuration, logs, and the wire format of version two",
    }),
    project("octo-docs-theme", {
      date: { kind: "created", at_ms: day(106) },
      has_page: false,
    }),
    project("shared-toolkit", {
      date: { kind: "released", at_ms: day(226) },
      summary: "Tools shared with friends",
      can_manage: false,
    }),
    project("octo-legacy", {
      date: { kind: "released", at_ms: day(2376) },
      summary: "Kept for history",
      archived: true,
    }),
  ];
}
