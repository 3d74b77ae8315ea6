import { beforeEach, describe, expect, it, vi } from "vitest";
import { Fake } from "../ipc/fake";
import type { CheckView } from "../ipc/bindings";
import { publisherView } from "../ipc/fake/publishers";
import { github } from "../providers/github";
import { gitlab } from "../providers/gitlab";
import { PAUSE_MS, PublisherForm } from "./form.svelte";

const PUBLISHER = publisherView("gitlab", "", {});

describe("a publisher's form", () => {
  let fake: Fake;
  let form: PublisherForm;

  beforeEach(() => {
    vi.useFakeTimers();
    fake = new Fake();
    form = new PublisherForm(fake, "sampleproject", github);
  });

  it("says nothing before the first pause", async () => {
    form.type("owner", "octo org");
    await vi.advanceTimersByTimeAsync(PAUSE_MS - 1);
    expect(form.errorsOf("owner")).toEqual([]);
    expect(fake.called("check_publisher"), "core is not asked in mid-word").toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(form.errorsOf("owner")).toEqual(["Invalid GitHub user or organization name."]);
  });

  it("asks once for a word that is typed without a pause", async () => {
    for (const text of ["o", "oc", "octo"]) {
      form.type("owner", text);
      await vi.advanceTimersByTimeAsync(PAUSE_MS / 2);
    }
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(fake.called("check_publisher")).toHaveLength(1);
  });

  it("never judges a field that is still empty and untouched", async () => {
    form.type("owner", "octo-org");
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(form.check?.errors["repository"], "core has an opinion").toBeDefined();
    expect(form.errorsOf("repository")).toEqual([]);
    expect(form.warningsOf("environment")).toEqual([]);
  });

  it("judges a field that was emptied again", async () => {
    form.type("owner", "o");
    form.type("owner", "");
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(form.errorsOf("owner")).toEqual([
      "Specify GitHub repository owner (username or organization)",
    ]);
  });

  it("shows every field's verdict once Add was refused", () => {
    const check: CheckView = {
      errors: { repository: [{ key: "k", args: {}, text: "Specify repository name" }] },
      warnings: {},
      preview: null,
    };
    form.refuse(check);
    expect(form.errorsOf("repository")).toEqual(["Specify repository name"]);
    expect(form.firstWrong()).toBe("repository");
  });

  it("drops a verdict that newer text has overtaken", async () => {
    const answers: ((check: CheckView) => void)[] = [];
    vi.spyOn(fake, "call").mockImplementation((name) =>
      name === "check_publisher"
        ? new Promise((go) => answers.push(go as never))
        : Promise.resolve(null as never),
    );
    form.type("owner", "old");
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    form.type("owner", "new");
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    answers[1]?.({ errors: {}, warnings: {}, preview: "new" });
    answers[0]?.({ errors: {}, warnings: {}, preview: "old" });
    await vi.advanceTimersByTimeAsync(0);
    expect(form.check?.preview).toBe("new");
  });

  it("has every field of the index's form, and GitLab's instance is never empty", () => {
    form = new PublisherForm(fake, "sampleproject", gitlab);
    const blank = {
      namespace: "",
      project: "",
      workflow_filepath: "",
      environment: "",
      issuer_url: "https://gitlab.com",
    };
    expect(form.input().fields).toEqual(blank);
    form.type("issuer_url", "https://gitlab.example");
    form.clear();
    expect(form.input().fields).toEqual(blank);
    const change = fake.addChange("sampleproject", "add", PUBLISHER, { fields: { project: "a" } });
    form.edit(change);
    expect(form.input().fields, "an old change may know fewer fields").toEqual({
      ...blank,
      project: "a",
    });
  });

  it("keeps the index's words only until the field is typed in", async () => {
    const publisher = (await fake.call("open_publishing", { project: "octo-http" })).publishers[0];
    const change = fake.addChange("sampleproject", "add", publisher as never, {
      state: "rejected",
      field_errors: { owner: ["Unknown GitHub user or organization."] },
    });
    form.edit(change);
    expect(form.fields["workflow_filename"]).toBe("release.yml");
    expect(form.errorsOf("owner")).toEqual(["Unknown GitHub user or organization."]);
    form.type("owner", "octo-org");
    expect(form.errorsOf("owner")).toEqual([]);
  });
});
