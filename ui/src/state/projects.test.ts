import { describe, expect, it } from "vitest";
import { seedProjects } from "../ipc/fake/seed";
import { narrowed } from "./projects.svelte";

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
