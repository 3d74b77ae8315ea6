import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { DEMO_ACCOUNT, Fake, seedChanges } from "../ipc/fake";
import { byId, main, openApp, press, settled, theId, type } from "../testing";

async function openChanges(prepare: (fake: Fake) => void = () => {}) {
  const opened = await openApp({ index: "pypi" }, (fake) => {
    seedChanges(fake);
    prepare(fake);
  });
  opened.desk.go({ screen: "changes" });
  await waitFor(() => theId("review-changes"));
  return opened;
}

async function openReview(prepare?: (fake: Fake) => void) {
  const opened = await openChanges(prepare);
  await press("Review 2 changes…");
  const dialog = await screen.findByRole("dialog");
  return { ...opened, dialog };
}

describe("The review", () => {
  it("shows the exact list by project, and what it costs", async () => {
    const { fake, dialog } = await openReview();
    expect(dialog.querySelectorAll("section li")).toHaveLength(2);
    expect(dialog.textContent).toContain("Add GitHub · release.yml in octo-org/sampleproject");
    expect(dialog.textContent).toContain("Remove GitHub · wheels.yml");
    expect(theId("review-cost").textContent).toBe(
      "1 add, 1 removal; 4 sent from here in 24 h, PyPI allows 100 and may count more; e-mails to the collaborators of 1 project.",
    );
    expect(fake.called("sync_changes"), "nothing before the question is answered").toEqual([]);
  });

  it("says when the rest can go if it is more than the index takes in a day", async () => {
    const from = Date.now() + 3_600_000;
    await openReview((fake) => {
      fake.sentIn24h = 100;
      fake.restFrom = from;
    });
    const time = new Intl.DateTimeFormat(undefined, { timeStyle: "short" }).format(from);
    expect(theId("review-over").textContent).toContain(`begin to go at ${time}`);
  });

  it("sends what was shown, and tells what became of each change", async () => {
    const { fake, desk, dialog } = await openReview();
    await press("Send 2 changes to PyPI", dialog);
    await screen.findByText("All 2 changes are done.");
    expect(fake.called("sync_changes")).toEqual([
      {
        changes: [
          { id: "c4", hash: "v1-4" },
          { id: "c5", hash: "v1-5" },
        ],
      },
    ]);
    expect(theId("sent-c4").textContent).toContain("Listed by PyPI at");
    expect(theId("sent-c5").textContent).toContain("Removed at");
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(byId("review-changes"), "nothing waits any more").toBeNull();
    await settled(desk);
  });

  it("shows the list again when it changed meanwhile, and sends nothing", async () => {
    const { fake, dialog } = await openReview();
    fake.changes = fake.changes.filter(({ id }) => id !== "c5");
    await press("Send 2 changes to PyPI", dialog);
    await screen.findByText(/^The list has changed/);
    expect(fake.called("sync_changes")).toEqual([]);
    await screen.findByRole("button", { name: "Send 1 change to PyPI" });
    await press("Send 1 change to PyPI", dialog);
    await screen.findByText("The change is done.");
    expect(fake.called("sync_changes")).toEqual([{ changes: [{ id: "c4", hash: "v1-4" }] }]);
  });

  it("shows a change again that was rewritten meanwhile, and sends nothing", async () => {
    const { fake, dialog } = await openReview();
    fake.changes = fake.changes.map((change) =>
      change.id === "c4" ? { ...change, hash: "v1-rewritten", line: "thief.yml" } : change,
    );
    await press("Send 2 changes to PyPI", dialog);
    await screen.findByText(/^The list has changed/);
    expect(fake.called("sync_changes")).toEqual([]);
    expect(dialog.textContent).toContain("thief.yml");
  });

  it("is offered again where a change was rewritten after the last look", async () => {
    const { fake } = await openChanges();
    const [like] = fake.changes.filter(({ id }) => id === "c4");
    if (like) like.hash = "v1-rewritten";
    await press(/^Send now/);
    await screen.findByText("Changed since you reviewed it");
    expect(fake.changes.filter(({ state }) => state === "waiting")).toHaveLength(2);
    await press("Review again");
    await screen.findByRole("dialog");
  });

  it("says that other work is running, and stays with its list", async () => {
    const { fake, dialog } = await openReview();
    fake.fail("sync_changes", { code: "busy", message: "Trustdesk is reading already." });
    await press("Send 2 changes to PyPI", dialog);
    await screen.findByText("Trustdesk is reading already.");
    expect(fake.changes.filter(({ state }) => state === "waiting")).toHaveLength(2);
    expect(dialog.querySelectorAll("section li"), "it can be sent later").toHaveLength(2);
  });

  it("opens with Ctrl+Shift+S from any screen", async () => {
    const { desk } = await openChanges();
    desk.go({ screen: "settings" });
    await fireEvent.keyDown(document.body, { key: "S", ctrlKey: true, shiftKey: true });
    await screen.findByRole("dialog");
  });

  it("says that it is more than the index takes in a day", async () => {
    await openReview((fake) => {
      const [like] = fake.changes;
      for (let at = 0; like && at < 97; at += 1)
        fake.changes.unshift({ ...like, id: `m${at}`, action: "add", state: "waiting" });
    }).catch(() => {});
    await press(/^Review 99/);
    expect((await screen.findByRole("dialog")).textContent).toContain("more than PyPI takes");
  });
});

describe("While changes are sent", () => {
  it("tells how far it is, can be stopped, and asks for no second time", async () => {
    const { fake, dialog } = await openReview((fake) => {
      const [like] = fake.changes;
      if (like) fake.addChange("octo-http", "add", { ...like, id: "" });
      fake.changes = fake.changes.filter(({ id }) => id !== "c5");
      fake.pace = 300;
    });
    await press(/^Send 2/, dialog);
    await waitFor(() => expect(theId("work-progress").textContent).toContain("of 2 projects done"));
    expect(byId("review-changes")).toBeNull();
    await press("Stop");
    await screen.findByText(/^0 of 2 changes are done/);
    expect(main().textContent).toContain("Stopped. What was not sent goes on waiting.");
    expect(fake.changes.filter(({ state }) => state === "waiting")).toHaveLength(2);
    expect(theId("review-changes").textContent).toContain("Review 2 changes…");
  });

  it("rests in a pause, and goes on with the same list", async () => {
    const { fake, dialog } = await openReview((fake) => {
      const [like] = fake.changes;
      if (like) fake.addChange("octo-http", "add", { ...like, id: "" });
      fake.changes = fake.changes.filter(({ id }) => id !== "c5");
      fake.pace = 30;
    });
    await press(/^Send 2/, dialog);
    await screen.findByRole("button", { name: "Pause" });
    await press("Pause");
    await screen.findByText(/^Paused/);
    expect(theId("work-rests").getAttribute("role"), "it is said aloud").toBe("status");
    const waits = () => fake.changes.filter(({ state }) => state === "waiting").length;
    const before = waits();
    expect(before, "nothing begins in a pause").toBeGreaterThan(0);
    await press("Resume");
    await screen.findByText("All 2 changes are done.");
    expect(waits()).toBe(0);
    expect(fake.called("sync_changes")).toHaveLength(1);
  });

  it("rests at a gate, says which, and goes on when it is open", async () => {
    const { fake, dialog } = await openReview();
    fake.connection = { state: "offline" };
    await press(/^Send 2/, dialog);
    await screen.findByText("Paused");
    expect(theId("work-rests").textContent).toContain("Check the network");
    fake.connection = { state: "online" };
    expect(screen.getAllByRole("button", { name: "Resume" }), "one place to go on").toHaveLength(1);
    await press("Resume");
    await screen.findByText("All 2 changes are done.");
    expect(fake.called("sync_changes"), "nobody is asked again").toHaveLength(1);
  });

  it("rests where the password is asked for, and goes on by itself once it is confirmed", async () => {
    const { fake, dialog } = await openReview();
    fake.connection = { state: "confirm_password" };
    await press(/^Send 2/, dialog);
    await screen.findByText("Paused");
    expect(theId("work-progress").textContent, "it is at nothing now").toContain(
      "next sampleproject",
    );
    await press("Confirm password", theId("work-rests"));
    await screen.findByRole("dialog");
    await type("confirm-password", DEMO_ACCOUNT.password);
    await press("Confirm");
    await screen.findByText("All 2 changes are done.");
    expect(fake.called("resume_work"), "nobody had to resume it").toEqual([]);
  });

  it("copies a receipt, and shows it where the clipboard is closed", async () => {
    const { dialog } = await openReview();
    await press(/^Send 2/, dialog);
    await screen.findByText("All 2 changes are done.");
    const write = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValueOnce();
    await press("Copy as Markdown");
    await screen.findByText("Copied");
    expect(write.mock.calls[0]?.[0]).toContain("- **sampleproject**: Add GitHub `release.yml in");
    write.mockRejectedValueOnce(new Error("not allowed"));
    await press("Copied");
    const text = await waitFor(() => theId("receipt") as HTMLTextAreaElement);
    expect(text.value).toContain("## Trusted publishers on PyPI, sent by demo");
  });
});

describe("Read all", () => {
  it("tells how far it is, where it failed, and can be stopped", async () => {
    const { fake } = await openApp({}, (fake) => {
      fake.pace = 20;
      fake.unreadable.set("octo-http", "You may not see this page.");
    });
    await press("Read all");
    await waitFor(() =>
      expect(theId("work-progress").textContent).toMatch(/\d of 6 projects read/),
    );
    await screen.findByText("5 of 6 projects read.");
    expect(theId("work-result").textContent).toContain("octo-http: You may not see this page.");
    expect(byId("project-octo-docs-theme")?.textContent).not.toContain("Not read yet");
    await press("Read all");
    await screen.findByRole("button", { name: "Stop" });
    await press("Stop");
    await screen.findByText(/^Stopped: \d of 6 projects read/);
    expect(fake.called("stop_work")).toHaveLength(1);
  });

  it("rests at a gate, and can be stopped there", async () => {
    const { fake } = await openApp();
    fake.connection = { state: "offline" };
    await press("Read all");
    await screen.findByText("Paused");
    await press("Stop");
    await screen.findByText(/^Stopped: 0 of 6 projects read/);
  });
});
