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
      field_errors: { owner: ["Unknown publisher", "Nobody"] },
    });
    const lines = receipt([done, rejected], "PyPI", "alice", NOW).trim().split("\n");
    const time = `${calendarDate(NOW)} ${clockTime(NOW)}`;
    expect(lines).toEqual([
      `## Trusted publishers on PyPI, sent by alice, ${time}`,
      "",
      `- **demo**: Add GitHub \`\` release.yml in octo-org/demo, environment a\`b \`\` – listed, ${time}`,
      "- **other**: Remove GitHub `` release.yml in octo-org/demo, environment a`b `` – Rejected: Unknown publisher: Nobody",
    ]);
  });

  it("tells a replacement in one line, whatever stands between its two changes", () => {
    const fake = new Fake();
    const line = (text: string) => ({ ...publisher, line: text });
    const old = fake.addChange("demo", "remove", line("old"), { after: "c3" });
    const between = fake.addChange("demo", "add", line("other"));
    const add = fake.addChange("demo", "add", line("new"), { state: "done" });
    const lines = receipt([old, between, add], "PyPI", "alice", NOW).trim().split("\n").slice(2);
    expect(lines).toEqual([
      "- **demo**: Add GitHub `other` – Waiting",
      "- **demo**: Replacement GitHub `new` – listed; in place of `old` – Waiting",
    ]);
  });
});
