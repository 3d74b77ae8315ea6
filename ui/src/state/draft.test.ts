import { beforeEach, describe, expect, it, vi } from "vitest";
import { Fake } from "../ipc/fake";
import { github } from "../providers/github";
import { gitlab } from "../providers/gitlab";
import { LATEST_MS, SAVE_MS } from "./draft.svelte";
import { PublisherForm } from "./form.svelte";

const FULL = { code: "bug", message: "The disk is full." } as const;

describe("a form's draft", () => {
  let fake: Fake;
  let form: PublisherForm;
  const texts = () => fake.drafts.map(({ fields }) => fields["owner"]);
  const saves = () => fake.called("save_draft") as { id: string; fields: { owner: string } }[];
  const pause = () => vi.advanceTimersByTimeAsync(SAVE_MS);

  beforeEach(() => {
    vi.useFakeTimers();
    fake = new Fake();
    form = new PublisherForm(fake, "sampleproject", github);
  });

  it("is saved 300 ms after the last key, once for a word", async () => {
    form.type("owner", "o");
    await vi.advanceTimersByTimeAsync(40);
    form.type("owner", "oc");
    await vi.advanceTimersByTimeAsync(299);
    expect(saves()).toEqual([]);
    expect(form.draft.said).toBe("quiet");
    await vi.advanceTimersByTimeAsync(1);
    expect(texts()).toEqual(["oc"]);
    expect(form.draft.said, "only after the answer").toBe("saved");
  });

  it("is saved while somebody types on without a pause, so that a crash takes half a second at most", async () => {
    let typed = "";
    for (let at = 0; at < 20; at += 1) {
      form.type("owner", (typed += "x"));
      await vi.advanceTimersByTimeAsync(50);
    }
    const saved = saves().map(({ fields }) => fields.owner.length);
    expect(saved.length).toBeGreaterThanOrEqual(2);
    expect(typed.length - (saved.at(-1) ?? 0), "keys since the last save").toBeLessThanOrEqual(
      LATEST_MS / 50,
    );
  });

  it("is called saved no longer than its text is the stored one", async () => {
    form.type("owner", "o");
    await pause();
    form.type("owner", "oc");
    expect(form.draft.said).toBe("quiet");
    await pause();
    expect(texts(), "it is the same draft").toEqual(["oc"]);
  });

  it("is handed to the shell at once when the window goes, before anything is awaited", () => {
    form.type("owner", "octo");
    void form.draft.save();
    expect(saves()).toMatchObject([{ fields: { owner: "octo" } }]);
  });

  it("has one save under way, and the newest text lands last", async () => {
    const answers: (() => void)[] = [];
    const call = fake.call.bind(fake);
    vi.spyOn(fake, "call").mockImplementation(async (name, ...input) => {
      const answer = await call(name, ...(input as []));
      if (name === "save_draft") await new Promise<void>((go) => answers.push(go));
      return answer as never;
    });
    form.type("owner", "old");
    await pause();
    form.type("owner", "new");
    await pause();
    void form.draft.save();
    expect(saves(), "the slow one is waited for").toHaveLength(1);
    answers.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(form.draft.said, "the newer text is not saved yet").toBe("quiet");
    answers.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(saves().map(({ fields }) => fields.owner)).toEqual(["old", "new"]);
    expect(form.draft.said).toBe("saved");
  });

  it("keeps the text of a failed save, says why, and tries again on the next key", async () => {
    fake.fail("save_draft", FULL);
    form.type("owner", "octo");
    await pause();
    expect(form.draft.said).toBe("failed");
    expect(form.draft.reason).toBe("The disk is full.");
    expect(form.fields["owner"]).toBe("octo");
    form.type("owner", "octo-");
    await pause();
    expect(texts()).toEqual(["octo-"]);
    expect(new Set(saves().map(({ id }) => id)).size, "a lost answer makes no second draft").toBe(
      1,
    );
  });

  it("is not put aside while it cannot be saved", async () => {
    fake.fail("save_draft", FULL);
    form.type("owner", "octo");
    expect(await form.draft.park()).toBe(false);
    expect(form.fields["owner"]).toBe("octo");
    expect(fake.called("park_draft")).toEqual([]);
  });

  it("goes silently when every field is blank again", async () => {
    form.type("owner", "octo");
    await pause();
    form.type("owner", "");
    await pause();
    expect(fake.drafts).toEqual([]);
    expect(form.draft.said).toBe("quiet");
    form.type("owner", "new");
    await pause();
    expect(new Set(saves().map(({ id }) => id)).size, "the next is another one").toBe(2);
  });

  it("does not begin with a choice that the form makes by itself", async () => {
    form = new PublisherForm(fake, "sampleproject", gitlab);
    form.type("project", "a");
    form.type("project", "");
    await pause();
    expect(saves()).toEqual([]);
  });

  it("parks with its last letter and leaves the form free", async () => {
    form.type("owner", "octo");
    expect(await form.draft.park()).toBe(true);
    expect(fake.drafts).toMatchObject([{ fields: { owner: "octo" }, open: false }]);
    expect(form.isBlank).toBe(true);
    expect(form.draft.said).toBe("parked");
  });

  it("saves nothing between Add and its answer, and what is typed meanwhile is another draft", async () => {
    form.type("owner", "octo");
    let answer: (taken: boolean) => void = () => {};
    const given = form.draft.give(() => new Promise((go) => (answer = go)));
    await vi.advanceTimersByTimeAsync(0);
    form.type("owner", "next");
    await pause();
    expect(saves().map(({ fields }) => fields.owner)).toEqual(["octo"]);
    answer(true);
    await given;
    await pause();
    expect(form.fields["owner"]).toBe("next");
    expect(texts()).toEqual(["octo", "next"]);
  });

  it("takes along whose place it takes; what is typed meanwhile takes nobody's", async () => {
    form.replaces = "0191-wheels";
    form.type("owner", "octo");
    let answer: (taken: boolean) => void = () => {};
    const given = form.draft.give(() => new Promise((go) => (answer = go)));
    await vi.advanceTimersByTimeAsync(0);
    form.type("owner", "next");
    answer(true);
    await given;
    await pause();
    expect(fake.drafts.map(({ fields, replaces }) => [fields["owner"], replaces])).toEqual([
      ["octo", "0191-wheels"],
      ["next", null],
    ]);
  });
});
