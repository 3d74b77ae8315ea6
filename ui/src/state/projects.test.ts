import { describe, expect, it } from "vitest";
import type { ProjectsView } from "../ipc/bindings";
import { Fake } from "../ipc/fake";
import { seedProjects } from "../ipc/fake/seed";
import { PasswordQuestion } from "./password.svelte";
import { narrowed, Projects } from "./projects.svelte";
import { Work } from "./work.svelte";

const names = (filter: string) => narrowed(seedProjects(), filter).map(({ name }) => name);

describe("the filter", () => {
  it("shows everything while it is empty or blank", () => {
    expect(names("  ")).toHaveLength(seedProjects().length);
  });

  it("narrows by name, without regard to case", () => {
    expect(names("OCTO-H")).toEqual(["octo-http"]);
  });

  it("narrows by summary", () => {
    expect(names("wire format")).toEqual(["octo.parsers"]);
  });

  it("finds a name by its normalized form, as it stands in an address", () => {
    expect(names("octo-parsers")).toEqual(["octo.parsers"]);
  });

  it("wants every word, in any order", () => {
    expect(names("retries octo")).toEqual(["octo-http"]);
    expect(names("retries legacy")).toEqual([]);
  });
});

describe("the list of projects", () => {
  /** An index that answers when it is told to. */
  function slow() {
    const fake = new Fake();
    const answers: ((view: ProjectsView) => void)[] = [];
    const shell = { call: () => new Promise((answer) => answers.push(answer)) };
    const work = new Work(new PasswordQuestion(fake));
    return { answers, list: new Projects(shell as unknown as Fake, work) };
  }

  const of = (name: string): ProjectsView => ({
    projects: seedProjects().map((project) => ({ ...project, name })),
    read_at_ms: 1,
  });

  it("takes no answer that an earlier account has asked for", async () => {
    const { answers, list } = slow();
    const [kept, read] = [list.load(), list.refresh()];
    list.forget();
    const own = list.load();
    answers[0]?.(of("kept of alice"));
    answers[1]?.(of("read of alice"));
    await Promise.all([kept, read]);
    expect(list.view, "it would stand under the next one's name").toBeNull();
    answers[2]?.(of("bob"));
    await own;
    expect(list.view?.projects[0]?.name).toBe("bob");
  });

  it("is read for the next account while an earlier one's reading is on its way", async () => {
    const { answers, list } = slow();
    const former = list.refresh();
    list.forget();
    const next = list.refresh();
    answers[0]?.(of("alice"));
    await former;
    expect(list.refreshing, "the next one's goes on").toBe(true);
    answers[1]?.(of("bob"));
    await next;
    expect([list.view?.projects[0]?.name, list.refreshing]).toEqual(["bob", false]);
  });
});
