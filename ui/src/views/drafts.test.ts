import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { seedChanges, seedDrafts } from "../ipc/fake";
import { UNDO_MS } from "../state/drafts.svelte";
import {
  byId,
  main,
  openApp,
  openProject,
  openTab,
  press,
  SAMPLE,
  settled,
  theId,
  type,
  typePublisher,
  valueOf,
} from "../testing";

const EXTRAS = "release.yml in octo-org/sampleproject-extras, environment pypi";
const stored = (fake: { drafts: { fields: object; open: boolean }[] }) =>
  fake.drafts.map(({ fields, open }) => [(fields as { owner?: string }).owner, open]);

describe("A draft", () => {
  it("is saved at blur, without waiting for the pause", async () => {
    const { fake } = await openProject();
    await type("field-owner", "octo");
    expect(fake.called("save_draft")).toEqual([]);
    await fireEvent.focusOut(theId("field-owner"));
    expect(fake.called("save_draft")).toHaveLength(1);
    await waitFor(() => expect(theId("draft-state").textContent).toContain("Draft saved"));
  });

  it("is saved when another tab, another project or another screen is opened", async () => {
    const { fake, desk } = await openProject();
    await type("field-owner", "one");
    await openTab("gitlab");
    await waitFor(() => expect(stored(fake)).toEqual([["one", true]]));
    await openTab("github");
    await type("field-owner", "two");
    desk.go({ screen: "publishing", project: "octo-cli" });
    await waitFor(() => expect(stored(fake)).toEqual([["two", true]]));
    await waitFor(() => expect(valueOf("field-owner")).toBe(""));
    await type("field-owner", "three");
    desk.go({ screen: "settings" });
    await waitFor(() => expect(fake.drafts).toHaveLength(2));
  });

  it("is saved when the window is hidden or closed", async () => {
    const { fake } = await openProject();
    await type("field-owner", "hidden");
    const hidden = vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
    document.dispatchEvent(new Event("visibilitychange"));
    expect(fake.called("save_draft")).toHaveLength(1);
    hidden.mockRestore();
    await waitFor(() => expect(stored(fake)).toEqual([["hidden", true]]));
    await type("field-owner", "closed");
    window.dispatchEvent(new Event("pagehide"));
    expect(fake.called("save_draft")).toHaveLength(2);
  });

  it("of each tab is its own, and its tab says so", async () => {
    const { fake } = await openProject();
    await type("field-owner", "octo");
    await openTab("gitlab");
    await type("field-namespace", "tools");
    await openTab("google");
    await waitFor(() => expect(fake.drafts).toHaveLength(2));
    for (const tab of ["github", "gitlab"])
      await waitFor(() => expect(theId(`tab-${tab}`).textContent).toContain("(draft)"));
    expect(theId("tab-activestate").textContent).not.toContain("(draft)");
  });

  it("stands in its form again when the app is opened anew", async () => {
    const { desk } = await openApp({}, seedDrafts);
    desk.go({ screen: "publishing", project: "octo-cli" });
    await waitFor(() => theId("tab-google"));
    await openTab("google");
    await waitFor(() =>
      expect(valueOf("field-email")).toBe("publisher@octo-cli.iam.gserviceaccount.com"),
    );
    expect(byId("draft-d3"), "what stands in its form has no row besides").toBeNull();
  });

  it("says why it is not saved, beside the form, and keeps the text", async () => {
    await openProject({}, (fake) =>
      fake.fail("save_draft", { code: "bug", message: "The disk is full." }),
    );
    await type("field-owner", "octo");
    await fireEvent.focusOut(theId("field-owner"));
    await waitFor(() =>
      expect(theId("draft-state").textContent).toContain("Not saved: The disk is full."),
    );
    expect(valueOf("field-owner")).toBe("octo");
    expect(byId("add-publisher"), "the screen stays").not.toBeNull();
  });

  it("is put aside with Ctrl+S and leaves the form free", async () => {
    const { fake } = await openProject();
    await typePublisher(SAMPLE);
    await fireEvent.keyDown(theId("field-owner"), { key: "s", ctrlKey: true });
    await waitFor(() => expect(stored(fake)).toEqual([["octo-org", false]]));
    await waitFor(() => expect(valueOf("field-owner")).toBe(""));
    const row = await waitFor(() => theId(`draft-${fake.drafts[0]?.id}`));
    expect(row.textContent).toContain("release.yml in octo-org/sampleproject, any environment");
    expect(row.textContent).toContain("Draft");
  });

  it("goes back into its form with Edit, and the one that stands there is put aside", async () => {
    const { fake } = await openProject({}, seedDrafts);
    await openTab("gitlab");
    await openTab("github");
    await type("field-owner", "mine");
    await press(`Edit ${EXTRAS}`, theId("draft-d1"));
    await waitFor(() => expect(valueOf("field-repository")).toBe("sampleproject-extras"));
    await waitFor(() => expect(document.activeElement?.id).toBe("field-owner"));
    expect(byId("draft-d1")).toBeNull();
    const mine = fake.drafts.find(({ fields }) => fields["owner"] === "mine");
    expect(mine?.open).toBe(false);
    await waitFor(() => expect(theId(`draft-${mine?.id}`).textContent).toContain("incomplete"));
  });

  it("is gone after Add, in the same step that keeps the change", async () => {
    const { fake } = await openProject();
    await typePublisher(SAMPLE);
    await fireEvent.focusOut(theId("field-owner"));
    await waitFor(() => expect(fake.drafts).toHaveLength(1));
    const id = fake.drafts[0]?.id;
    await press("Add");
    await screen.findByText(/^From now on/);
    expect(fake.called("queue_add")).toMatchObject([{ draft: id }]);
    expect(fake.drafts).toEqual([]);
    expect(valueOf("field-owner")).toBe("");
    expect(fake.called("discard_draft"), "nothing is left to be thrown away").toEqual([]);
  });

  it("is put aside when a rejected change comes back into its form", async () => {
    const { fake, desk } = await openProject({}, seedChanges);
    desk.go({ screen: "publishing", project: "octo-http" });
    await waitFor(() => expect(main().textContent).toContain("octo-orgg"));
    await type("field-owner", "mine");
    await press(/^Edit/);
    await waitFor(() => expect(valueOf("field-owner")).toBe("octo-orgg"));
    expect(stored(fake)).toEqual([["mine", false]]);
  });
});

describe("A discarded draft", () => {
  it("is offered back, and Undo has the focus", async () => {
    const { fake, desk } = await openProject({}, seedDrafts);
    await press(`Discard ${EXTRAS}`, theId("draft-d1"));
    await waitFor(() => expect(document.activeElement?.id).toBe("undo-draft"));
    expect(byId("draft-d1")).toBeNull();
    expect(main().textContent).toContain(`Draft discarded: ${EXTRAS}`);
    await fireEvent.click(theId("undo-draft"));
    await waitFor(() => expect(document.activeElement?.id).toBe("draft-d1"));
    expect(fake.drafts.some(({ id }) => id === "d1")).toBe(true);
    expect(byId("undo-draft")).toBeNull();
    await settled(desk);
  });

  it("is no longer offered after some seconds, but not while Undo has the focus", async () => {
    const { desk, fake } = await openProject({}, seedDrafts);
    vi.useFakeTimers();
    const [draft] = fake.drafts;
    if (draft) await desk.drafts.discard(draft);
    desk.drafts.hold();
    await vi.advanceTimersByTimeAsync(UNDO_MS);
    expect(desk.drafts.discarded).not.toBeNull();
    desk.drafts.release();
    await vi.advanceTimersByTimeAsync(UNDO_MS);
    expect(desk.drafts.discarded).toBeNull();
  });

  it("empties the form it stands in", async () => {
    const { fake, desk } = await openProject();
    await type("field-owner", "octo");
    await fireEvent.focusOut(theId("field-owner"));
    await waitFor(() => expect(fake.drafts).toHaveLength(1));
    desk.go({ screen: "changes" });
    await screen.findByText("octo", { selector: ".typed" });
    await press(/^Discard/);
    await waitFor(() => expect(fake.drafts).toEqual([]));
    desk.go({ screen: "publishing", project: "sampleproject" });
    await waitFor(() => expect(valueOf("field-owner")).toBe(""));
  });
});

describe("All drafts", () => {
  it("are listed by project on the page of changes, and lead to their forms", async () => {
    const { desk } = await openApp({}, seedDrafts);
    desk.go({ screen: "changes" });
    const section = await screen.findByRole("region", { name: /^Drafts/ });
    expect(section.querySelectorAll("h3")).toHaveLength(2);
    expect(section.textContent).toContain("incomplete");
    await press(/^Edit/, theId("draft-d3"));
    await waitFor(() => expect(document.activeElement?.id).toBe("field-email"));
    expect(main().dataset["screen"]).toBe("publishing");
  });
});
