import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { DEMO_ACCOUNT, INDEXES, seedAccounts, seedDrafts } from "../ipc/fake";
import type { Fake } from "../ipc/fake";
import { byId, main, openApp, press, settled, theId, type } from "../testing";

const open = (prepare: (fake: Fake) => void = (fake) => seedAccounts(fake)) => openApp({}, prepare);

async function openSwitcher(prepare?: (fake: Fake) => void) {
  const opened = await open(prepare);
  await fireEvent.click(theId("account-switcher"));
  await waitFor(() => theId("use-2"));
  return opened;
}

async function openSettings(prepare?: (fake: Fake) => void) {
  const opened = await open(prepare);
  opened.desk.go({ screen: "settings" });
  await waitFor(() => theId("account-2"));
  await settled(opened.desk);
  return opened;
}

const key = (name: string) =>
  fireEvent.keyDown(document.activeElement as Element, { key: name, bubbles: true });

describe("The account switcher", () => {
  it("names the account and index on screen, and the others with their index and what waits", async () => {
    await openSwitcher((fake) => {
      seedAccounts(fake);
      seedDrafts(fake);
      fake.know(INDEXES.pypi, "alice").kept.drafts = fake.drafts.splice(0, 2);
    });
    expect(theId("account-switcher").textContent).toContain("demo on Demo index");
    expect(theId("account-switcher").getAttribute("aria-expanded")).toBe("true");
    expect(theId("use-3").textContent).toContain("alice");
    expect(theId("use-3").textContent).toContain("PyPI · pypi.org");
    expect(theId("use-3").textContent).toContain("2 drafts");
    expect(byId("use-1"), "it is on screen already").toBeNull();
  });

  it("puts another account on screen, with nothing of the one before", async () => {
    const { fake } = await openSwitcher();
    await screen.findByText("sampleproject");
    fake.projects = [];
    await fireEvent.click(theId("use-3"));
    await waitFor(() => expect(theId("account-switcher").textContent).toContain("alice on PyPI"));
    await waitFor(() => expect(screen.queryByText("sampleproject")).toBeNull());
    expect(fake.called("refresh_connection"), "its own session is asked for").toHaveLength(2);
    expect(byId("demo-banner")).toBeNull();
  });

  it("saves what is typed before it goes, and shows it again on the way back", async () => {
    const { fake, desk } = await open();
    desk.go({ screen: "publishing", project: "sampleproject" });
    await waitFor(() => theId("field-owner"));
    await type("field-owner", "half-typed");
    await fireEvent.click(theId("account-switcher"));
    await waitFor(() => theId("use-3"));
    await fireEvent.click(theId("use-3"));
    await waitFor(() => expect(fake.username).toBe("alice"));
    expect(fake.accounts[0]?.kept.drafts[0]?.fields["owner"]).toBe("half-typed");
    expect(fake.drafts).toEqual([]);
  });

  it("is used with the keyboard: arrows, and Escape back to where it came from", async () => {
    await openSwitcher();
    theId("account-switcher").focus();
    await key("ArrowDown");
    expect(document.activeElement?.id).toBe("use-2");
    await key("ArrowUp");
    await key("ArrowUp");
    expect(document.activeElement?.id, "round the end").toBe("add-account");
    await key("Escape");
    await waitFor(() => expect(document.activeElement?.id).toBe("account-switcher"));
    expect(byId("use-2")).toBeNull();
  });

  it("lists hundreds", async () => {
    await openSwitcher((fake) => seedAccounts(fake, 300));
    await waitFor(() => expect(theId("account-list").querySelectorAll("li")).toHaveLength(303));
  });

  it("says so when something still runs for the account on screen", async () => {
    const { fake } = await openSwitcher();
    fake.fail("use_account", { code: "busy", message: "Changes are being sent." });
    await fireEvent.click(theId("use-2"));
    await screen.findByText("Changes are being sent.");
    expect(theId("account-switcher").textContent).toContain("demo on Demo index");
  });
});

describe("Adding an account", () => {
  it("is the sign-in screen, from which one can turn back to all that was there", async () => {
    const { fake } = await openSwitcher();
    await fireEvent.click(theId("add-account"));
    await waitFor(() => expect(main().dataset["screen"]).toBe("sign-in"));
    expect(main().textContent).toContain("demo stays signed in");
    expect((theId("sign-in-username") as HTMLInputElement).value).toBe("");
    await fireEvent.click(screen.getByText("Back to what is stored here"));
    await screen.findByText("sampleproject");
    expect(fake.called("sign_out")).toEqual([]);
    expect(theId("account-switcher").textContent).toContain("demo");
  });

  it("keeps the account before among the others", async () => {
    const { fake, desk } = await open(() => {});
    desk.addAccount();
    await waitFor(() => theId("sign-in-username"));
    await type("sign-in-username", "no-two-factor");
    await type("sign-in-password", DEMO_ACCOUNT.password);
    await press("Continue");
    await waitFor(() => expect(theId("account-switcher").textContent).toContain("no-two-factor"));
    expect(fake.accounts.map(({ username }) => username)).toEqual(["demo", "no-two-factor"]);
  });

  it("leaves a way back from the choice of another index", async () => {
    const { desk } = await open();
    await desk.leaveIndex();
    await waitFor(() => theId("use-1"));
    await fireEvent.click(theId("use-1"));
    await screen.findByText("sampleproject");
  });

  it("shows no accounts at the very first start", async () => {
    const { desk } = await openApp({ index: null, username: null });
    await settled(desk);
    expect(screen.queryByText(/account that is known here/)).toBeNull();
  });
});

describe("The accounts in Settings", () => {
  it("can be switched to, and only the one on screen is signed out", async () => {
    const { fake } = await openSettings();
    expect(theId("account-1").textContent).toContain("On screen");
    expect(theId("account-3").textContent).toContain("Switch");
    expect(theId("account-3").textContent).not.toContain("Sign out");
    await press("Sign out", theId("account-1"));
    await waitFor(() => expect(fake.called("sign_out")).toHaveLength(1));
    await waitFor(() => expect(theId("account-1").textContent).toContain("Sign in"));
  });

  it("says that the device is remembered, until it is signed out", async () => {
    await openSettings((fake) => {
      seedAccounts(fake);
      fake.remembersDevice = true;
    });
    expect(theId("remembers-device").textContent).toContain("the password alone signs in here");
    await press("Sign out", theId("account-1"));
    await waitFor(() => expect(byId("remembers-device")).toBeNull());
  });

  it("are forgotten after a question, without what is kept of them unless that is wanted", async () => {
    const { fake } = await openSettings((fake) => {
      seedAccounts(fake);
      seedDrafts(fake);
    });
    await press(/^Forget…/, theId("account-1"));
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toContain("Forget demo on Demo index?");
    expect(dialog.textContent).toContain("3 drafts, 0 changes that are not done yet");
    expect((theId("forget-with-data") as HTMLInputElement).checked).toBe(false);
    expect(fake.called("forget_account")).toEqual([]);
    await fireEvent.click(theId("confirm-forget-account"));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(fake.called("forget_account")).toEqual([{ id: 1, with_data: false }]);
    expect(fake.drafts).toHaveLength(3);
  });

  it("take what was typed with them when that is wanted, and no late save brings it back", async () => {
    const { fake, desk } = await open();
    desk.go({ screen: "publishing", project: "sampleproject" });
    await waitFor(() => theId("field-owner"));
    fake.fail("save_draft", { code: "disk_full", message: "No room." });
    await type("field-owner", "unsaved");
    desk.go({ screen: "settings" });
    await waitFor(() => theId("account-2"));
    await settled(desk);
    await press(/^Forget…/, theId("account-1"));
    await waitFor(() => theId("forget-with-data"));
    await fireEvent.click(theId("forget-with-data"));
    fake.fail("save_draft", { code: "disk_full", message: "No room." });
    await fireEvent.click(theId("confirm-forget-account"));
    await waitFor(() => expect(main().dataset["screen"]).toBe("sign-in"));
    await desk.forms.save();
    expect(fake.drafts).toEqual([]);
    expect(fake.accounts.map(({ id }) => id)).not.toContain(1);
  });

  it("stay, with the reason, when one could not be forgotten", async () => {
    await openSettings((fake) => {
      seedAccounts(fake);
      fake.fail("forget_account", { code: "busy", message: "Changes are being sent." });
    });
    await press(/^Forget…/, theId("account-3"));
    await waitFor(() => theId("confirm-forget-account"));
    await fireEvent.click(theId("confirm-forget-account"));
    const dialog = await screen.findByRole("dialog");
    await waitFor(() => expect(dialog.textContent).toContain("The account was not forgotten"));
    expect(dialog.textContent).toContain("Changes are being sent.");
  });
});
