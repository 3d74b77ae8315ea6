import { describe, expect, it } from "vitest";
import type { OfProject } from "../ipc/bindings";
import type { Shell } from "../ipc/call";
import { Fake } from "../ipc/fake";
import { Desk } from "./desk.svelte";

/** The fake, whose answers about one project come when a test says so. */
function slow(fake: Fake, project: string) {
  let answer = () => {};
  const asked: string[] = [];
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const shell: Shell = {
    call: async (command, ...input) => {
      const wanted = command === "refresh_publishing" ? (input[0] as OfProject).project : null;
      if (wanted !== null) asked.push(wanted);
      if (wanted === project) await held;
      return fake.call(command, ...input);
    },
    onChanged: (handler) => fake.onChanged(handler),
  };
  return { shell, asked, answer: () => answer() };
}

describe("Reading a project", () => {
  it("does not wait for the answer about the project before", async () => {
    const { shell, asked, answer } = slow(new Fake(), "sampleproject");
    const { publishing } = new Desk(shell);
    await publishing.open("sampleproject");
    const first = publishing.refresh();
    void publishing.refresh();
    await publishing.open("octo-http");
    expect(publishing.refreshing, "nobody reads this one yet").toBe(false);
    await publishing.refresh();
    expect(asked, "each once").toEqual(["sampleproject", "octo-http"]);
    expect(publishing.view?.read_at_ms).not.toBeNull();
    answer();
    await first;
    expect(publishing.view?.project.normalized_name).toBe("octo-http");
  });
});
