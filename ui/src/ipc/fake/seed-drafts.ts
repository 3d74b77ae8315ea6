// Two drafts of one project, one of them not complete, and one of another.
import type { DraftView } from "../bindings";
import type { Fake } from "./fake";
import { publisherView } from "./publishers";
import { NOW } from "./seed";

const GITHUB = {
  owner: "octo-org",
  repository: "sampleproject-extras",
  workflow_filename: "release.yml",
  environment: "pypi",
};

export function seedDrafts(fake: Fake): void {
  const github = publisherView("github", "", GITHUB).line;
  const draft = (id: string, over: Partial<DraftView>): DraftView => ({
    id,
    project: "sampleproject",
    provider: "github",
    fields: GITHUB,
    open: false,
    saved_at_ms: NOW - 600_000,
    line: github,
    replaces: null,
    edits: null,
    ...over,
  });
  fake.drafts = [
    draft("d1", {}),
    draft("d2", {
      fields: { ...GITHUB, repository: "", workflow_filename: "", environment: "" },
      line: null,
    }),
    draft("d3", {
      project: "octo-cli",
      provider: "google",
      fields: { email: "publisher@octo-cli.iam.gserviceaccount.com", sub: "" },
      line: "publisher@octo-cli.iam.gserviceaccount.com",
      open: true,
    }),
  ];
}
