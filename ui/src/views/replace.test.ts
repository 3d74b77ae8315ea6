import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import type { Fake } from "../ipc/fake";
import { seedReplacement } from "../ipc/fake";
import {
  byId,
  main,
  openApp,
  openProject,
  openTab,
  press,
  settled,
  theId,
  type,
  valueOf,
} from "../testing";

const OLD = "wheels.yml in octo-org/sampleproject-wheels, any environment";
const NEW = "wheels.yml in octo-org/sampleproject-wheels, environment pypi";
const WORDS =
  "Replaces wheels.yml in octo-org/sampleproject-wheels, which is removed once the new one is listed.";
const offline = (fake: Fake) => (fake.connection = { state: "offline" });
const submit = () => document.querySelector("#add-publisher [type=submit]")?.textContent.trim();
const lines = (fake: Fake) => fake.listed("sampleproject").map(({ line }) => line);

/** Limits the publisher without an environment to one, without sending it. */
async function limit(prepare?: (fake: Fake) => void) {
  const opened = await openProject({}, prepare);
  await fireEvent.click(theId("limit-0191-wheels"));
  await waitFor(() => theId("replacing"));
  await type("field-environment", "pypi");
  return opened;
}

describe("Replace", () => {
  it("fills the form of the publisher's tab and says what goes, and when", async () => {
    await openProject();
    await openTab("google");
    await press(/^Replace…/, theId("publisher-0191-wheels"));
    await waitFor(() => expect(theId("replacing").textContent).toBe(WORDS));
    expect(theId("tab-github").getAttribute("aria-selected")).toBe("true");
    expect(valueOf("field-repository")).toBe("sampleproject-wheels");
    await waitFor(() => expect(document.activeElement?.id).toBe("field-owner"));
    expect(submit()).toBe("Replace");
  });

  it("says nothing of text that is still the listed publisher's", async () => {
    const { desk } = await openProject();
    await fireEvent.click(theId("limit-0191-wheels"));
    await waitFor(() => theId("replacing"));
    await settled(desk);
    expect(byId("field-owner-warnings"), "it is there already: that is the point").toBeNull();
    await type("field-environment", "p");
    await type("field-environment", "");
    await waitFor(() =>
      expect(theId("field-owner-warnings").textContent).toContain("already there"),
    );
  });

  it("puts aside as a draft what stands in the form", async () => {
    const { fake } = await openProject();
    await type("field-owner", "mine");
    await press(/^Replace…/, theId("publisher-0191-wheels"));
    await waitFor(() => theId("replacing"));
    const mine = fake.drafts.find(({ fields }) => fields["owner"] === "mine");
    expect(mine).toMatchObject({ open: false, replaces: null });
    await waitFor(() => theId(`draft-${mine?.id}`));
  });

  it("goes back to the text that is typed for it already", async () => {
    await limit();
    await openTab("gitlab");
    await press(/^Replace…/, theId("publisher-0191-wheels"));
    await waitFor(() => expect(valueOf("field-environment")).toBe("pypi"));
    expect(main().querySelector("tr[id^=draft-]"), "and puts nothing aside").toBeNull();
  });

  it("adds the new one, removes the old one, and tells both", async () => {
    const { fake } = await limit();
    await press("Replace");
    await screen.findByText(
      `From now on wheels.yml in octo-org/sampleproject-wheels can get short-lived tokens for sampleproject. Removed in its place: ${OLD}.`,
    );
    expect(fake.called("queue_add")).toMatchObject([{ replaces: "0191-wheels", edits: null }]);
    expect(lines(fake)).toContain(NEW);
    expect(lines(fake)).not.toContain(OLD);
    expect(byId("replacing"), "the form is free for the next one").toBeNull();
    await waitFor(() => expect(submit()).toBe("Add"));
  });

  it("says that the old one is still listed when only the new one got through", async () => {
    const { fake } = await limit();
    const call = fake.call.bind(fake);
    fake.call = async (name, ...input) => {
      const answer = await call(name, ...(input as []));
      if (name === "queue_add")
        for (const change of fake.changes) if (change.after) change.state = "checking";
      return answer as never;
    };
    await press("Replace");
    await screen.findByText(new RegExp(`It is to take the place of ${OLD}, which is still listed`));
    const row = theId("publisher-0191-wheels");
    expect(row.textContent).toContain("Checking");
    expect(row.textContent, "it is listed by now").not.toContain(`once ${NEW}`);
  });

  it("waits in place without a network, each row with what the other does", async () => {
    const { fake } = await limit(offline);
    await press("Replace");
    await screen.findByText(`Kept here, not sent yet: ${NEW}, in place of ${OLD}.`);
    const add = fake.changes.find(({ action }) => action === "add");
    expect(theId(`change-${add?.id}`).textContent).toContain(`Replaces ${OLD}`);
    const row = theId("publisher-0191-wheels");
    expect(row.textContent).toContain("Waiting to be removed");
    expect(row.textContent).toContain(`once ${NEW} is listed`);
    expect(lines(fake), "nothing is sent").not.toContain(NEW);
  });

  it("is taken back as a whole at the new one, and in part at the old one", async () => {
    const { fake } = await openProject({}, (fake) => {
      seedReplacement(fake);
      offline(fake);
    });
    await press(/^Undo/, theId("publisher-0191-wheels"));
    await waitFor(() => expect(fake.changes.map(({ action }) => action)).toEqual(["add"]));
    await waitFor(() => expect(theId("change-c1").textContent).not.toContain("Replaces"));
    seedReplacement(fake);
    await press(/^Undo/, theId("change-c1"));
    await waitFor(() => expect(fake.changes).toHaveLength(2));
    await press(/^Undo/, await waitFor(() => theId("change-c3")));
    await waitFor(() => expect(fake.changes).toEqual([]));
  });

  it("cannot be pressed while the publisher waits to be removed, and says so", async () => {
    await openProject({}, seedReplacement);
    const button = theId("replace-0191-wheels");
    expect(button.getAttribute("aria-disabled")).toBe("true");
    expect(theId(button.getAttribute("aria-describedby") ?? "").textContent).toContain(
      "waits to be removed already",
    );
    await fireEvent.click(button);
    expect(byId("replacing")).toBeNull();
    expect(byId("limit-0191-wheels")).toBeNull();
  });

  it("cannot be pressed while its provider is switched off, and Remove still can", async () => {
    await openProject({}, (fake) => (fake.switchedOff = ["github"]));
    const row = theId("publisher-0191-wheels");
    expect(theId("replace-0191-wheels").getAttribute("aria-disabled")).toBe("true");
    expect(theId("limit-0191-wheels").getAttribute("aria-disabled")).toBe("true");
    expect(row.textContent).toContain("GitHub Actions is switched off on Demo index for now");
    await press(/^Remove/, row);
    await screen.findByRole("dialog");
  });

  it("goes on as a plain addition when the publisher is gone, and the text stays", async () => {
    const { fake } = await limit();
    fake.publishers["sampleproject"] = fake.listed("sampleproject").slice(0, 1);
    await press("Replace");
    await screen.findByText(/^The publisher to be replaced is no longer listed/);
    expect(byId("replacing")).toBeNull();
    await waitFor(() => expect(submit()).toBe("Add"));
    expect(valueOf("field-environment")).toBe("pypi");
    expect(fake.changes).toEqual([]);
  });
});

describe("Limit to an environment", () => {
  it("is offered only where there is none, and goes to that field", async () => {
    const { desk } = await openProject();
    expect(byId("limit-0191-pypi"), "it has one").toBeNull();
    await fireEvent.click(theId("limit-0191-wheels"));
    await waitFor(() => expect(document.activeElement?.id).toBe("field-environment"));
    desk.go({ screen: "publishing", project: "octo-parsers" });
    await waitFor(() => theId("limit-0191-parsers"));
    expect(byId("limit-0191-google"), "accounts have no environment").toBeNull();
    expect(byId("limit-0191-activestate")).toBeNull();
  });
});

describe("Stop replacing", () => {
  it("keeps what was changed, as a plain addition", async () => {
    const { fake } = await limit();
    await fireEvent.click(theId("stop-replacing"));
    await waitFor(() => expect(byId("replacing")).toBeNull());
    expect(valueOf("field-environment")).toBe("pypi");
    await waitFor(() => expect(fake.drafts).toMatchObject([{ replaces: null }]));
    await press("Add");
    await screen.findByText(/^From now on/);
    expect(lines(fake)).toEqual(expect.arrayContaining([OLD, NEW]));
  });

  it("empties the form of what is listed already, and leaves no draft", async () => {
    const { fake } = await openProject();
    await press(/^Replace…/, theId("publisher-0191-wheels"));
    await waitFor(() => expect(fake.drafts).toHaveLength(1));
    await fireEvent.click(theId("stop-replacing"));
    await waitFor(() => expect(valueOf("field-owner")).toBe(""));
    await waitFor(() => expect(fake.drafts).toEqual([]));
    expect(document.activeElement?.id).toBe("field-owner");
  });
});

describe("A draft of a replacement", () => {
  it("stands in its form again when the app is opened anew", async () => {
    const { fake } = await limit();
    await waitFor(() => expect(fake.drafts).toMatchObject([{ replaces: "0191-wheels" }]));
    const drafts = fake.drafts;
    await openProject({}, (fake) => (fake.drafts = drafts));
    await waitFor(() => expect(theId("replacing").textContent).toBe(WORDS));
    expect(valueOf("field-environment")).toBe("pypi");
  });

  it("says in its row what it replaces, and takes it along into the form", async () => {
    const { fake, desk } = await limit();
    await fireEvent.click(theId("save-draft"));
    const id = await waitFor(() => fake.drafts.find(({ open }) => !open)?.id ?? theId("none").id);
    await waitFor(() => expect(theId(`draft-${id}`).textContent).toContain(`replaces ${OLD}`));
    expect(byId("replacing"), "the free form replaces nothing").toBeNull();
    desk.go({ screen: "changes" });
    await screen.findByRole("region", { name: /^Drafts/ });
    await waitFor(() => expect(theId(`draft-${id}`).textContent).toContain(`replaces ${OLD}`));
    await press(/^Edit/, theId(`draft-${id}`));
    await waitFor(() => expect(theId("replacing").textContent).toBe(WORDS));
  });
});

describe("A replacement that the index refused", () => {
  const refused = async () => {
    const opened = await limit();
    await type("field-owner", "ghost");
    await press("Replace");
    await waitFor(() => theId("field-owner-errors"));
    return opened;
  };

  it("is mended in its form, and the old one goes once the mended one is listed", async () => {
    const { fake } = await refused();
    expect(theId("replacing").textContent).toBe(WORDS);
    expect(lines(fake), "nothing was removed").toContain(OLD);
    await type("field-owner", "octo-org");
    await press("Replace");
    await screen.findByText(/Removed in its place/);
    expect(lines(fake)).not.toContain(OLD);
    const input = { edits: expect.any(String), replaces: null } as const;
    expect(fake.called("queue_add").at(-1), "core hands the removal over").toMatchObject(input);
  });

  it("becomes a plain addition when nothing is to be replaced any more", async () => {
    const { fake } = await refused();
    await fireEvent.click(theId("stop-replacing"));
    await waitFor(() => expect(byId("replacing")).toBeNull());
    expect(fake.changes.map(({ action, state }) => [action, state])).toEqual([["add", "rejected"]]);
    await type("field-owner", "octo-org");
    await press("Add");
    await screen.findByText(/^From now on/);
    expect(lines(fake)).toEqual(expect.arrayContaining([OLD, NEW]));
  });
});

describe("A replacement among all changes", () => {
  it("is one item: the new one, and in whose place it comes", async () => {
    const { desk } = await openApp({}, (fake) => {
      seedReplacement(fake);
      fake.changes.reverse();
    });
    desk.go({ screen: "changes" });
    const item = (await waitFor(() => theId("change-c1"))).closest("li");
    expect(item?.textContent).toContain(NEW);
    expect(item?.textContent).toMatch(new RegExp(`replaces\\s+${OLD}`));
    expect(item?.textContent).toContain("once the new one is listed");
    expect(item?.contains(theId("change-c2"))).toBe(true);
  });

  it("is reviewed, sent and told of as one", async () => {
    const { desk, fake } = await openApp({ index: "pypi" }, seedReplacement);
    await desk.reviewChanges();
    const dialog = await screen.findByRole("dialog");
    expect(dialog.querySelectorAll("li")).toHaveLength(1);
    expect(theId("review-cost").textContent).toMatch(/^1 replacement; 4 sent from here/);
    await press(/^Send 2/, dialog);
    await screen.findByText("All 2 changes are done.");
    const item = theId("sent-c1").closest("li");
    expect(item?.textContent).toMatch(/Listed by PyPI at .*replaces.*Removed at/s);
    expect(lines(fake)).not.toContain(OLD);
    await settled(desk);
  });
});
