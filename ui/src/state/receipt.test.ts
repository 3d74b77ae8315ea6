import { describe, expect, it } from "vitest";
import { Fake } from "../ipc/fake";
import { publisherView } from "../ipc/fake/publishers";
import { NOW } from "../ipc/fake/seed";
import { receipt } from "./receipt";
import { calendarDate, clockTime } from "./when";

const publisher = publisherView("github", "", {
  owner: "octo-org",
  repository: "demo",
  workflow_filename: "release.yml",
  environment: "a`b",
});

describe("the receipt", () => {
  it("tells project, action, line, state, reason and time of each change", () => {
    const fake = new Fake();
    const done = fake.addChange("demo", "add", publisher, { state: "done", settled_at_ms: NOW });
    const rejected = fake.addChange("other", "remove", publisher, {
      state: "rejected",
      reasons: ["Unknown publisher"],
    });
    const lines = receipt([done, rejected], "PyPI", "alice", NOW).trim().split("\n");
    const time = `${calendarDate(NOW)} ${clockTime(NOW)}`;
    expect(lines).toEqual([
      `## Trusted publishers on PyPI, sent by alice, ${time}`,
      "",
      `- **demo**: Add GitHub \`\` release.yml in octo-org/demo, environment a\`b \`\` – listed, ${time}`,
      "- **other**: Remove GitHub `` release.yml in octo-org/demo, environment a`b `` – Rejected: Unknown publisher",
    ]);
  });
});
