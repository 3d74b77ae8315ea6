import { screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { seedChanges } from "../ipc/fake";
import { byId, openApp, press, settled, theId } from "../testing";

/** The project of `seedChanges` whose change is being checked. */
const PROJECT = "octo-cli";

async function openChecking(screenName: "publishing" | "changes") {
  const opened = await openApp({ index: "pypi" }, seedChanges);
  const { desk, fake } = opened;
  const change = fake.changes.find(({ state }) => state === "checking");
  if (!change) throw new Error("one is being checked");
  const place = { screen: "publishing", project: PROJECT } as const;
  desk.go(screenName === "publishing" ? place : { screen: "changes" });
  await waitFor(() => theId(`change-${change.id}`));
  await settled(desk);
  return { ...opened, change, row: () => theId(`change-${change.id}`) };
}

describe.each(["publishing", "changes"] as const)("A lost answer on the screen %s", (name) => {
  it("is looked for by reading the list, which sends nothing", async () => {
    const { fake, row } = await openChecking(name);
    const read = fake.called("refresh_publishing").length;
    await press("Read the list again", row());
    await waitFor(() => expect(fake.called("refresh_publishing").length).toBe(read + 1));
    expect(fake.called("refresh_publishing").at(-1)).toEqual({ project: PROJECT });
    for (const sends of ["sync_project", "sync_changes"] as const)
      expect(fake.called(sends), sends).toEqual([]);
  });

  it("can be discarded by hand, and what that means is said", async () => {
    const { fake, change, row } = await openChecking(name);
    const button = screen
      .getAllByRole("button", { name: /^Discard/ })
      .find((button) => row().contains(button));
    expect(button?.title).toMatch(/may still/);
    await press(/^Discard/, row());
    await waitFor(() => expect(byId(`change-${change.id}`)).toBeNull());
    expect(fake.called("discard_change")).toEqual([{ id: change.id }]);
  });
});
