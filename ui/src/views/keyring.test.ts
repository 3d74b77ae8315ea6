import { waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import type { Keyring } from "../ipc/bindings";
import { openApp, press, theId } from "../testing";

const withKeyring = (keyring: Partial<Keyring>, options = {}) =>
  openApp(options, (fake) => (fake.keyring = { ...fake.keyring, ...keyring }));

const said = () => theId("keyring").textContent.trim();

describe("The keyring", () => {
  it("says nothing while it answers, or where there is none", async () => {
    await withKeyring({});
    expect(said()).toBe("");
    await withKeyring({ state: "missing" }, { sessionKept: "memory" });
    expect(said()).toBe("");
    expect(document.body.textContent).toContain("for this run only: no keyring");
  });

  it("is waited for in words, on every screen, and no more once it has answered", async () => {
    const { fake } = await withKeyring({ state: "waiting" }, { username: null });
    expect(said(), "it may ask while one signs in").toContain("in a window of its own");
    fake.keyring = { state: "ready", left_behind: false };
    fake.tell({ what: "app" });
    await waitFor(() => expect(said()).toBe(""));
    await withKeyring({ state: "waiting" });
    expect(said()).toContain("Waiting for your keyring");
  });

  it("that is locked keeps sessions in memory, and is asked again without a restart", async () => {
    const { fake } = await withKeyring({ state: "locked" }, { sessionKept: "memory" });
    expect(said()).toContain("stays in memory until Trustdesk is closed");
    expect(document.body.textContent).toContain("for this run only: the keyring is locked");
    fake.keyring = { state: "ready", left_behind: false };
    await press("Try again", theId("keyring"));
    await waitFor(() => expect(said()).toBe(""));
  });

  it("that did not delete a session is named, with what becomes of it", async () => {
    await withKeyring({ state: "locked", left_behind: true });
    expect(said()).toContain("A session may still lie in your keyring");
    expect(said()).toContain("ended on the index if it could be reached");
  });

  it("is named in the settings where it is why a session is in memory", async () => {
    const { desk } = await withKeyring({ state: "locked" }, { sessionKept: "memory" });
    desk.go({ screen: "settings" });
    await waitFor(() => expect(theId("session-kept").textContent).toContain("keyring is locked"));
  });
});

describe("A connection that is closed", () => {
  it.each([
    "offline",
    "index_down",
    "page_not_understood",
    "read_only",
    "publishing_disabled",
  ] as const)("can be tried again: %s", async (state) => {
    const { fake } = await openApp({}, (fake) => (fake.connection = { state }));
    fake.connection = { state: "online" };
    const connection = theId("connection").closest("section") as HTMLElement;
    await press("Try again", connection);
    await waitFor(() => expect(theId("connection").textContent.trim()).toBe("Online"));
  });
});
