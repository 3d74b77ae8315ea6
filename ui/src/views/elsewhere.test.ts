import { screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { seedAccounts, seedChanges } from "../ipc/fake";
import { openApp, settled, theId } from "../testing";

describe("Another program at the same data", () => {
  it("changes what is on screen", async () => {
    const { fake, desk } = await openApp({ index: "pypi" });
    desk.go({ screen: "changes" });
    await screen.findByText("No changes");
    seedChanges(fake);
    fake.tell({ what: "elsewhere" });
    await waitFor(() => theId("review-changes"));
    expect(fake.called("refresh_connection"), "the index is not asked for it").toHaveLength(1);
  });

  it("reads only what is shown", async () => {
    const { fake, desk } = await openApp({ index: "pypi" });
    desk.go({ screen: "settings" });
    await settled(desk);
    const read = () => fake.called("list_projects").length + fake.called("list_changes").length;
    const before = read();
    fake.tell({ what: "elsewhere" });
    await waitFor(() => expect(fake.called("get_app").length).toBeGreaterThan(1));
    await settled(desk);
    expect(read()).toBe(before);
  });

  it("may put another account on screen, of which nothing else is shown then", async () => {
    const { fake, desk } = await openApp({ index: "pypi" }, (fake) => seedAccounts(fake, 1));
    desk.go({ screen: "settings" });
    await settled(desk);
    const other = fake.accounts.find(({ username }) => username !== fake.username);
    if (!other) throw new Error("one more account");
    fake.enter(other.index, other.username);
    fake.tell({ what: "elsewhere" });
    await waitFor(() => expect(desk.app?.username).toBe(other.username));
    expect(desk.screen).toBe("projects");
    await settled(desk);
  });
});
