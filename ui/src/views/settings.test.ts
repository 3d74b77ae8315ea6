import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { seedChanges, seedDrafts } from "../ipc/fake";
import type { Fake, FakeOptions } from "../ipc/fake";
import { byId, main, openApp, press, settled, theId, type } from "../testing";

async function openSettings(options: FakeOptions = {}, prepare?: (fake: Fake) => void) {
  const opened = await openApp(options, prepare);
  opened.desk.go({ screen: "settings" });
  await waitFor(() => theId("forgets-session"));
  await settled(opened.desk);
  return opened;
}

const click = (id: string) => fireEvent.click(theId(id));

describe("Forgetting the session", () => {
  it("is off at first, and says where the session is from then on", async () => {
    const { fake } = await openSettings();
    expect((theId("forgets-session") as HTMLInputElement).checked).toBe(false);
    await click("forgets-session");
    await waitFor(() => expect(theId("session-kept").textContent).toContain("as you have chosen"));
    expect(fake.called("set_forgets_session")).toEqual([{ on: true }]);
    expect(document.body.textContent, "what one has chosen is no warning").not.toContain(
      "no keyring",
    );
    await click("forgets-session");
    await waitFor(() => expect(theId("session-kept").textContent).toContain("keyring"));
  });

  it("says that what was chosen cannot be read, and that sessions are in memory", async () => {
    await openSettings({}, (fake) => (fake.forgetsSession = null));
    expect((theId("forgets-session") as HTMLInputElement).checked).toBe(true);
    expect(theId("forgets-session-text").textContent).toContain("cannot be read");
    await click("forgets-session");
    await waitFor(() =>
      expect(theId("forgets-session-text").textContent).not.toContain("cannot be read"),
    );
    expect((theId("forgets-session") as HTMLInputElement).checked).toBe(false);
  });

  it("shows the choice that holds when it could not be kept", async () => {
    await openSettings({}, (fake) =>
      fake.fail("set_forgets_session", { code: "disk_full", message: "No room." }),
    );
    await click("forgets-session");
    await screen.findByText("No room.");
    await waitFor(() => expect((theId("forgets-session") as HTMLInputElement).checked).toBe(false));
  });
});

describe("What is kept here", () => {
  it("is exported to a file that is named, and so is the log", async () => {
    const { desk } = await openSettings();
    await click("export-data");
    await waitFor(() => expect(theId("exported").textContent).toMatch(/Exported to .*\.json$/));
    expect(theId("exported").getAttribute("role")).toBe("status");
    await click("export-log");
    await waitFor(() => expect(theId("exported").textContent).toMatch(/Exported to .*\.txt$/));
    await click("delete-log");
    await waitFor(() => expect(theId("exported").textContent).toBe("The logs are deleted."));
    desk.go({ screen: "projects" });
    await waitFor(() => expect(main().dataset["screen"]).toBe("projects"));
    desk.go({ screen: "settings" });
    await waitFor(() => expect(theId("exported").textContent, "no news any more").toBe(""));
  });

  it("names no file when the export failed", async () => {
    await openSettings({}, (fake) =>
      fake.fail("export_data", { code: "disk_full", message: "No room." }),
    );
    await click("export-data");
    await screen.findByText("No room.");
    expect(theId("exported").textContent).toBe("");
  });

  it("is deleted only after a question that says what is lost and what is not", async () => {
    const { fake } = await openSettings({}, (fake) => {
      seedChanges(fake);
      seedDrafts(fake);
    });
    await click("delete-data");
    const dialog = await screen.findByRole("dialog");
    await waitFor(() => expect(dialog.textContent).toContain("1 account and its session"));
    for (const words of ["7 projects", "3 drafts", "5 changes that are not done yet"])
      expect(dialog.textContent).toContain(words);
    expect(dialog.textContent).toContain("Nothing on any index changes");
    expect(fake.called("delete_data"), "nothing before the question is answered").toEqual([]);
    await press("Cancel", dialog);
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(fake.called("delete_data")).toEqual([]);
  });

  it("is gone afterwards, with what was typed, and the app begins anew", async () => {
    const { fake, desk } = await openApp({}, seedDrafts);
    desk.go({ screen: "publishing", project: "sampleproject" });
    await waitFor(() => theId("field-owner"));
    fake.fail("save_draft", { code: "disk_full", message: "No room." });
    await type("field-owner", "unsaved");
    desk.go({ screen: "settings" });
    await waitFor(() => theId("delete-data"));
    await settled(desk);
    await click("delete-data");
    await waitFor(() => theId("confirm-delete-data"));
    await click("confirm-delete-data");
    await waitFor(() => expect(main().dataset["screen"]).toBe("start"));
    expect(screen.queryByRole("dialog")).toBeNull();
    await desk.forms.save();
    expect(fake.drafts, "no late save brings it back").toEqual([]);
  });

  it("stays while something is being sent, and the question says so", async () => {
    const { fake } = await openSettings({}, (fake) =>
      fake.fail("delete_data", { code: "busy", message: "Changes are being sent." }),
    );
    await click("delete-data");
    await waitFor(() => theId("confirm-delete-data"));
    await click("confirm-delete-data");
    const dialog = await screen.findByRole("dialog");
    await waitFor(() => expect(dialog.textContent).toContain("Changes are being sent."));
    expect(dialog.textContent).toContain("Nothing was deleted");
    await click("confirm-delete-data");
    await waitFor(() => expect(main().dataset["screen"]).toBe("start"));
    expect(fake.called("delete_data")).toHaveLength(2);
  });
});

describe("The demo index", () => {
  it("can be reset only where it is the index on screen", async () => {
    await openSettings({ index: "pypi" });
    expect(byId("reset-demo")).toBeNull();
  });

  it("is reset after a question, and wants a sign-in", async () => {
    const { fake } = await openSettings({}, seedDrafts);
    await click("reset-demo");
    await waitFor(() => theId("confirm-reset-demo"));
    expect(fake.called("reset_demo")).toEqual([]);
    await click("confirm-reset-demo");
    await waitFor(() => expect(main().dataset["screen"]).toBe("sign-in"));
    expect(fake.drafts).toEqual([]);
  });

  it("says why it could not be reset", async () => {
    const message = "The demo index runs outside Trustdesk. Reset it there.";
    await openSettings({}, (fake) => fake.fail("reset_demo", { code: "bug", message }));
    await click("reset-demo");
    await waitFor(() => theId("confirm-reset-demo"));
    await click("confirm-reset-demo");
    const dialog = await screen.findByRole("dialog");
    await waitFor(() => expect(dialog.textContent).toContain(message));
    expect(dialog.textContent).toContain("The demo index was not reset");
  });
});
