import { screen, waitFor } from "@testing-library/svelte";
import axe from "axe-core";
import { describe, expect, it } from "vitest";
import { seedAccounts, seedChanges, seedConflict, seedDrafts, seedReplacement } from "../ipc/fake";
import { byId, main, openApp, openProject, openTab, press, settled, theId } from "../testing";

/** Colours and sizes need a real page; everything else is looked at here. */
async function violations(): Promise<string[]> {
  const rules = { "color-contrast": { enabled: false }, "target-size": { enabled: false } };
  const found = await axe.run(document, { rules });
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`);
}

const DATABASE = { code: "database", message: "Not a database", path: "/data/t.sqlite3" } as const;

describe("axe finds nothing", () => {
  const signedOut = { username: null };
  it.each([
    ["first start", () => openApp({ index: null, username: null })],
    ["sign in on the demo index", () => openApp(signedOut)],
    ["your projects", () => openApp({}, seedChanges)],
    ["no projects", () => openApp({ projects: [] })],
    ["publishing, with a change in every state", () => openProject({}, seedChanges)],
    ["the database page", () => openApp({}, (fake) => fake.fail("get_app", DATABASE))],
  ])("on %s", async (_name, open) => {
    const { desk } = await open();
    await settled(desk);
    expect(await violations()).toEqual([]);
  });

  it.each(["changes", "settings"] as const)("on %s", async (name) => {
    const { desk } = await openApp({ sessionKept: "memory" }, seedChanges);
    desk.go({ screen: name });
    await waitFor(() => expect(main().dataset["screen"]).toBe(name));
    await settled(desk);
    expect(await violations()).toEqual([]);
  });

  it.each(["github", "gitlab", "google", "activestate"] as const)(
    "on the tab of %s, with everything open and wrong",
    async (provider) => {
      const { desk } = await openProject({}, (fake) =>
        fake.gitlabInstances.push("https://git.example"),
      );
      await openTab(provider);
      await press("Add");
      await settled(desk);
      for (const details of document.querySelectorAll("details")) details.open = true;
      expect(await violations()).toEqual([]);
    },
  );

  it("on a tab that is switched off, and when all are", async () => {
    const { desk, fake } = await openProject({}, (fake) => (fake.switchedOff = ["github"]));
    expect(await violations()).toEqual([]);
    fake.switchedOff = ["github", "gitlab", "google", "activestate"];
    await desk.publishing.refresh();
    expect(await violations()).toEqual([]);
  });

  it("on drafts, in their project and among all changes", async () => {
    const { desk } = await openProject({}, (fake) => {
      seedChanges(fake);
      seedDrafts(fake);
    });
    expect(await violations()).toEqual([]);
    desk.go({ screen: "changes" });
    await screen.findByText("Not done yet");
    expect(await violations()).toEqual([]);
  });

  it("on the review, while it is sent, and on what became of it", async () => {
    const { desk } = await openApp({}, (fake) => {
      seedChanges(fake);
      fake.pace = 300;
    });
    await desk.reviewChanges();
    await screen.findByRole("dialog");
    expect(await violations()).toEqual([]);
    await press(/^Send 2/);
    await waitFor(() => theId("work-progress"));
    expect(await violations()).toEqual([]);
    await screen.findByText("All 2 changes are done.");
    expect(await violations()).toEqual([]);
  });

  it("on a replacement and a conflict, in their project and among all changes", async () => {
    const { desk } = await openProject({}, (fake) => {
      seedReplacement(fake);
      seedConflict(fake);
    });
    expect(await violations()).toEqual([]);
    await press(/^Replace…/, theId("publisher-0191-pypi"));
    await waitFor(() => theId("replacing"));
    expect(await violations()).toEqual([]);
    desk.go({ screen: "publishing", project: "octo-http" });
    await waitFor(() => theId("conflict-c3"));
    expect(await violations()).toEqual([]);
    await desk.reviewChanges();
    await screen.findByRole("dialog");
    expect(await violations()).toEqual([]);
    desk.review.close();
    desk.go({ screen: "changes" });
    await screen.findByText("Not done yet");
    expect(await violations()).toEqual([]);
  });

  it.each(["delete-data", "reset-demo"])("on the question of %s, and on why not", async (id) => {
    const { desk, fake } = await openApp();
    desk.go({ screen: "settings" });
    await waitFor(() => theId(id).click());
    await waitFor(() => theId(`confirm-${id}`));
    await settled(desk);
    expect(await violations()).toEqual([]);
    const command = id === "delete-data" ? "delete_data" : "reset_demo";
    fake.fail(command, { code: "busy", message: "Changes are being sent." });
    theId(`confirm-${id}`).click();
    await screen.findByText("Changes are being sent.");
    expect(await violations()).toEqual([]);
  });

  it.each([
    ["second_factor", "code"],
    ["second_factor", "recovery_code"],
    ["second_factor", "security_key"],
    ["confirm_device", "recovery_code"],
  ] as const)("on the step %s of a sign-in by %s", async (step, way) => {
    const { desk } = await openApp(signedOut);
    desk.signIn.factors = { code: true, recovery_code: true, security_key: true };
    Object.assign(desk.signIn, { step, way });
    await waitFor(() => theId("signing-in-as"));
    for (const details of document.querySelectorAll("details")) details.open = true;
    expect(await violations()).toEqual([]);
    void desk.signIn.withWindow();
    await waitFor(() => theId("close-window"));
    expect(await violations()).toEqual([]);
  });

  it("on the accounts, the question before one is forgotten, and a locked keyring", async () => {
    const { desk } = await openApp({ sessionKept: "memory" }, (fake) => {
      seedAccounts(fake);
      fake.keyring = { state: "locked", left_behind: true };
    });
    theId("account-switcher").click();
    await waitFor(() => theId("use-2"));
    expect(await violations()).toEqual([]);
    desk.go({ screen: "settings" });
    await waitFor(() => theId("account-2"));
    await press(/^Forget…/);
    await screen.findByRole("dialog");
    expect(await violations()).toEqual([]);
  });

  it("on the Remove dialog", async () => {
    await openProject();
    await press(/^Remove/, theId("publisher-0191-pypi"));
    await screen.findByRole("dialog");
    expect(await violations()).toEqual([]);
  });
});

describe("Every screen", () => {
  it("names the file of a database that cannot be opened, and shows nothing else", async () => {
    await openApp({}, (fake) => fake.fail("get_app", DATABASE));
    expect(main().dataset["screen"]).toBe("database");
    expect(byId("database-path")?.textContent).toBe("/data/t.sqlite3");
    expect(main().textContent).toContain("kept as it is");
    await press("Try again");
    await screen.findByText("sampleproject");
  });

  it("says that the session is for this run only when no keyring could be used", async () => {
    await openApp({ sessionKept: "memory" });
    expect(document.body.textContent).toContain("Signed in for this run only: no keyring");
  });

  it("says the connection in words", async () => {
    const { fake, desk } = await openApp();
    expect(byId("connection")?.textContent.trim()).toBe("Online");
    fake.connection = { state: "offline" };
    fake.tell({ what: "app" });
    await waitFor(() => expect(byId("connection")?.textContent.trim()).toBe("Offline"));
    await settled(desk);
  });

  it("puts the focus on its title", async () => {
    const { desk } = await openApp();
    desk.go({ screen: "settings" });
    await waitFor(() => expect(document.activeElement?.textContent).toBe("Settings"));
    expect(document.title).toBe("Settings – Trustdesk");
  });

  it("opens a rejected change of the list in its form, with the index's words", async () => {
    const { desk } = await openApp({}, seedChanges);
    desk.go({ screen: "changes" });
    await screen.findByText("release.yml in octo-orgg/octo-http, any environment", {
      selector: "strong",
    });
    expect(theId("change-c2").textContent, "the index's words of a field, too").toContain(
      "Unknown GitHub user or organization.",
    );
    await press(/^Edit/);
    await waitFor(() => theId("field-owner-errors"));
    expect((theId("field-owner") as HTMLInputElement).value).toBe("octo-orgg");
    await waitFor(() => expect(document.activeElement?.id).toBe("field-owner"));
  });
});
