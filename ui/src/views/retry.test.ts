import { screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { type Fake, seedChanges } from "../ipc/fake";
import type { Desk } from "../state/desk.svelte";
import {
  byId,
  main,
  openApp,
  openProject,
  press,
  SAMPLE,
  settled,
  theId,
  typePublisher,
} from "../testing";

const OFFLINE = { code: "offline", message: "No answer." } as const;
/** What else waits for sampleproject: nobody decides on it in these tests. */
const OTHERS = ["c4", "c5"];

const statesOf = (fake: Fake, ids: string[]) =>
  ids.map((id) => fake.changes.find((change) => change.id === id)?.state);
const sentIds = (fake: Fake) =>
  fake
    .called("sync_project")
    .map((input) => (input as { changes: { id: string }[] }).changes.map(({ id }) => id));

/** The notice above the screen, with what "Try again" repeats. */
const problem = ({ publishing, changes }: Desk) =>
  waitFor(() => {
    const notice = main().querySelector<HTMLElement>(":scope > [role=alert]");
    if (!notice || publishing.sending || changes.sending !== null) throw new Error("not told yet");
    return notice;
  });

/** The screen with a change that needs a decision (c3) beside two that wait (c4, c5). */
async function openDecision(screenName: "publishing" | "changes") {
  const opened = await openApp({ index: "pypi" }, seedChanges);
  const place = { screen: "publishing", project: "sampleproject" } as const;
  opened.desk.go(screenName === "publishing" ? place : { screen: "changes" });
  await waitFor(() => theId("change-c3"));
  await settled(opened.desk);
  return opened;
}

describe("The notice of an addition that could not be sent", () => {
  async function openKept() {
    const opened = await openProject({}, seedChanges);
    opened.fake.connection = { state: "offline" };
    await typePublisher(SAMPLE);
    await typePublisher({ workflow_filename: "other.yml" });
    await press("Add");
    await screen.findByText(/^Kept here, not sent yet/);
    opened.fake.connection = { state: "online" };
    return opened;
  }
  const outcome = () => main().querySelector(".outcome") as HTMLElement;

  it("sends that addition alone, and not what else waits", async () => {
    const { fake } = await openKept();
    await press("Send now", outcome());
    await waitFor(() => expect(statesOf(fake, ["c6"])).toEqual(["done"]));
    expect(statesOf(fake, OTHERS), "nobody decided on these").toEqual(["waiting", "waiting"]);
  });

  it("keeps the other changes that wait within reach", async () => {
    await openKept();
    expect(main().textContent).toContain("3 changes wait here");
  });

  it("offers nothing to send once the addition was sent from elsewhere", async () => {
    const { fake, desk } = await openKept();
    for (const change of fake.changes) if (change.id === "c6") change.state = "done";
    await desk.publishing.load();
    await waitFor(() => expect(outcome().querySelector("button")).toBeNull());
  });
});

describe.each(["publishing", "changes"] as const)("Try again on the screen %s", (name) => {
  it("sends what was decided on, and not what else waits", async () => {
    const { fake, desk } = await openDecision(name);
    fake.fail("sync_project", OFFLINE);
    await press(/^Send again/, theId("change-c3"));
    await press("Try again", await problem(desk));
    await waitFor(() => expect(statesOf(fake, ["c3"])).toEqual(["done"]));
    await settled(desk);
    expect(sentIds(fake)).toEqual([["c3"], ["c3"]]);
    expect(statesOf(fake, OTHERS)).toEqual(["waiting", "waiting"]);
  });

  it("sends nothing and goes away where that was sent meanwhile", async () => {
    const { fake, desk } = await openDecision(name);
    fake.fail("sync_project", OFFLINE);
    await press(/^Send again/, theId("change-c3"));
    const alert = await problem(desk);
    for (const change of fake.changes) if (change.id === "c3") change.state = "done";
    await press("Try again", alert);
    await waitFor(() => expect(desk.work.problem).toBeNull());
    await settled(desk);
    expect(sentIds(fake)).toEqual([["c3"]]);
    expect(statesOf(fake, OTHERS)).toEqual(["waiting", "waiting"]);
  });

  it("sends what was shown as waiting when it failed, and not what came later", async () => {
    const { fake, desk } = await openDecision(name);
    fake.fail("sync_project", OFFLINE);
    await press(/^Send now/);
    const alert = await problem(desk);
    const [like] = fake.changes;
    if (like) fake.addChange("sampleproject", "add", { ...like, id: "" });
    await (name === "publishing" ? desk.publishing.load() : desk.changes.load());
    await press("Try again", alert);
    await waitFor(() => expect(statesOf(fake, OTHERS)).toEqual(["done", "done"]));
    await settled(desk);
    expect(statesOf(fake, ["c6"])).toEqual(["waiting"]);
  });

  it("sends after a decision that could not be kept at first", async () => {
    const { fake, desk } = await openDecision(name);
    fake.fail("retry_change", { code: "disk_full", message: "The disk is full." });
    await press(/^Send again/, theId("change-c3"));
    await press("Try again", await problem(desk));
    await waitFor(() => expect(statesOf(fake, ["c3"])).toEqual(["done"]));
    expect(statesOf(fake, OTHERS)).toEqual(["waiting", "waiting"]);
  });
});

describe("Try again after an addition that could not be kept", () => {
  async function openFailed() {
    const opened = await openProject();
    opened.fake.fail("queue_add", { code: "disk_full", message: "The disk is full." });
    await typePublisher(SAMPLE);
    await press("Add");
    return { ...opened, alert: await problem(opened.desk) };
  }

  it("adds it", async () => {
    const { fake, alert } = await openFailed();
    await press("Try again", alert);
    await waitFor(() => expect(statesOf(fake, ["c1"])).toEqual(["done"]));
  });

  it("adds nothing else that is typed by then", async () => {
    const { fake, desk, alert } = await openFailed();
    await typePublisher({ workflow_filename: "half-typed.yml" });
    await press("Try again", alert);
    await waitFor(() => expect(desk.work.problem).toBeNull());
    await settled(desk);
    expect(fake.called("queue_add")).toHaveLength(1);
    expect(byId("change-c1")).toBeNull();
  });
});
