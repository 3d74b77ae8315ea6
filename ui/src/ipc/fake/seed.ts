// Made-up projects for the fake shell.
import type { ProjectView, PublisherView } from "../bindings";

export const NOW = Date.UTC(2026, 10, 22, 14, 5);
const day = (days: number) => NOW - days * 86_400_000;

export function githubPublisher(id: string, fields: Record<string, string>): PublisherView {
  const { owner, repository, workflow_filename: workflow = "", environment } = fields;
  const at = `${owner}/${repository}`;
  const subject = `${workflow} in ${at}`;
  return {
    id,
    provider: "github",
    provider_name: "GitHub",
    subject,
    line: `${subject}, ${environment ? `environment ${environment}` : "any environment"}`,
    details: [
      { label: "Repository", value: at, linked: true },
      { label: "Workflow", value: workflow, linked: true },
      { label: "Environment name", value: environment ? environment : null, linked: false },
    ],
  };
}

/** What a publisher's form was filled in with. */
export function fieldsOf({ details }: PublisherView): Record<string, string> {
  const [at, workflow_filename, environment] = details.map(({ value }) => value ?? "");
  const [owner = "", repository = ""] = (at ?? "").split("/");
  return {
    owner,
    repository,
    workflow_filename: workflow_filename ?? "",
    environment: environment ?? "",
  };
}

const octo = (repository: string, workflow_filename: string, environment: string) => ({
  owner: "octo-org",
  repository,
  workflow_filename,
  environment,
});

export function seedPublishers(): Record<string, PublisherView[]> {
  return {
    sampleproject: [
      githubPublisher("0191-pypi", octo("sampleproject", "publish.yml", "pypi")),
      githubPublisher("0191-wheels", octo("sampleproject-wheels", "wheels.yml", "")),
    ],
    "octo-http": [githubPublisher("0191-http", octo("octo-http", "release.yml", "pypi"))],
    "octo-legacy": [githubPublisher("0191-legacy", octo("octo-legacy", "upload.yml", ""))],
    "octo-cli": [],
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
