import { screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { type Fake, seedConflict, seedReplacement } from "../ipc/fake";
import { byId, openApp, openProject, press, settled, theId } from "../testing";

const THEIRS = "release.yml in octo-org/octo-http, environment release";
const BASE = "release.yml in octo-org/octo-http, environment pypi";
const MINE = "release.yml in octo-org/octo-http-next, environment pypi";

/** The titles and the lines of what is shown, as they are read. */
function parts(id: string): [string, string[]][] {
  const lists = [...theId(id).querySelectorAll("ul")];
  return lists.map((list) => [
    theId(list.getAttribute("aria-labelledby") ?? "").textContent,
    [...list.querySelectorAll("li")].map((line) => line.textContent.replace(/\s+/g, " ").trim()),
  ]);
}

async function openConflict(screenName: "publishing" | "changes") {
  const opened = await openApp({ index: "pypi" }, seedConflict);
  const place = { screen: "publishing", project: "octo-http" } as const;
  opened.desk.go(screenName === "publishing" ? place : { screen: "changes" });
  await waitFor(() => theId("conflict-c1"));
  await settled(opened.desk);
  return opened;
}

describe.each(["publishing", "changes"] as const)("A conflict on the screen %s", (name) => {
  it("shows what was there, what is wanted and what others did, in words and signs", async () => {
    await openConflict(name);
    expect(parts("conflict-c1")).toEqual([
      ["When you decided", [BASE]],
      ["Yours", [`Add: ${MINE}`]],
      ["On PyPI since", [`Added: ${THEIRS}`, `Removed: ${BASE}`]],
    ]);
    const signs = theId("conflict-c1").querySelectorAll("li svg");
    expect(signs, "not by colour alone").toHaveLength(3);
  });

  it("sends it anyway when that is what a person wants", async () => {
    const { fake } = await openConflict(name);
    await press(/^Send it anyway/, theId("conflict-c1"));
    await waitFor(() =>
      expect(fake.listed("octo-http").some(({ line }) => line === MINE)).toBe(true),
    );
    expect(fake.called("retry_change")).toEqual([{ change: { id: "c1", hash: "v1-1" } }]);
    await waitFor(() => expect(byId("conflict-c1")).toBeNull());
  });

  it("drops it", async () => {
    const { fake } = await openConflict(name);
    await press(/^Discard/, theId("conflict-c1"));
    await waitFor(() => expect(byId("conflict-c1")).toBeNull());
    expect(fake.changes).toEqual([]);
    expect(fake.called("discard_change")).toEqual([{ id: "c1" }]);
    expect(fake.listed("octo-http"), "what others did stays").toHaveLength(1);
  });
});

describe("What others did", () => {
  const add = (fake: Fake) => {
    const [like] = fake.publishers["octo-http"] ?? [];
    if (like) fake.listed("sampleproject").push({ ...like, id: "0193-others" });
  };

  it("comes to light when the list is read, before anything is sent", async () => {
    const { fake } = await openProject({}, (fake) => {
      seedReplacement(fake);
      fake.connection = { state: "offline" };
    });
    add(fake);
    fake.connection = { state: "online" };
    await press("Send now");
    await waitFor(() => theId("conflict-c1"));
    expect(fake.changes.map(({ state }) => state)).toEqual(["needs_you", "needs_you"]);
  });

  it("is asked once for a replacement, and one answer counts for both", async () => {
    const { fake, desk } = await openProject({}, (fake) => {
      seedReplacement(fake);
      add(fake);
    });
    await waitFor(() => theId("conflict-c1"));
    expect(parts("conflict-c1")[1]).toEqual([
      "Yours",
      [
        "Add: wheels.yml in octo-org/sampleproject-wheels, environment pypi",
        "Remove: wheels.yml in octo-org/sampleproject-wheels, any environment",
      ],
    ]);
    const row = theId("publisher-0191-wheels");
    expect(byId("conflict-c2"), "its removal does not ask again").toBeNull();
    expect(row.textContent).toContain("Decided together with wheels.yml");
    expect(row.querySelector("button:not(.link)")?.id, "nor has it an answer").toBe(
      "replace-0191-wheels",
    );
    await press(/^Send it anyway/);
    await settled(desk);
    await waitFor(() => expect(byId("publisher-0191-wheels")).toBeNull());
    expect(fake.changes.every(({ state }) => state === "done")).toBe(true);
  });

  it("is no conflict when it is what was wanted here", async () => {
    const { fake, desk } = await openProject({}, (fake) => {
      seedReplacement(fake);
      fake.connection = { state: "offline" };
    });
    fake.publishers["sampleproject"] = fake.listed("sampleproject").slice(0, 1);
    fake.connection = { state: "online" };
    await desk.publishing.refresh();
    expect(byId("conflict-c1"), "somebody else removed what was to be replaced").not.toBeNull();
    expect(byId("conflict-c2"), "the removal is as good as done").toBeNull();
  });

  it("asks for itself on the row of a plain removal", async () => {
    await openProject({}, (fake) => {
      const [listed] = fake.listed("sampleproject");
      if (listed) fake.addChange("sampleproject", "remove", listed);
      add(fake);
    });
    const row = theId("publisher-0191-pypi");
    await waitFor(() => expect(row.contains(theId("conflict-c1"))).toBe(true));
    await press(/^Discard/, theId("conflict-c1"));
    await waitFor(() => expect(row.textContent).not.toContain("Needs your decision"));
    expect(screen.queryByText(/Send it anyway/)).toBeNull();
  });
});
