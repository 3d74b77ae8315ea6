import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { seedChanges } from "../ipc/fake";
import {
  byId,
  main,
  openProject,
  press,
  SAMPLE,
  settled,
  theId,
  type,
  typePublisher,
} from "../testing";

const SENTENCE =
  "From now on release.yml in octo-org/sampleproject can get short-lived tokens for sampleproject.";

describe("Adding a publisher", () => {
  it("moves the focus to the new row at the top and says what it can do from now on", async () => {
    await openProject();
    await typePublisher(SAMPLE);
    await press("Add");
    await screen.findByText(SENTENCE);
    await waitFor(() => expect(document.activeElement?.id).toBe("publisher-0192-c1"));
    expect(main().querySelector("tbody tr")?.id).toBe("publisher-0192-c1");
    expect((theId("field-owner") as HTMLInputElement).value, "free for the next one").toBe("");
  });

  it("can be handed to the index's own form, with what is typed", async () => {
    const { fake } = await openProject();
    await typePublisher(SAMPLE);
    await press(/own form in the browser instead/);
    expect(fake.called("open_link")).toEqual([
      {
        target: {
          kind: "prefilled",
          project: "sampleproject",
          provider: "github",
          fields: expect.objectContaining(SAMPLE),
        },
      },
    ]);
  });

  it("leaves a waiting row that says why when it cannot be sent", async () => {
    const { fake } = await openProject();
    fake.connection = { state: "offline" };
    await typePublisher(SAMPLE);
    await press("Add");
    await screen.findByText(
      "Kept here, not sent yet: release.yml in octo-org/sampleproject, any environment.",
    );
    await waitFor(() => expect(document.activeElement?.id).toBe("change-c1"));
    expect(theId("change-c1").textContent).toContain("Waiting to be added");
    await waitFor(() => expect(theId("change-c1").textContent).toContain("Not sent: offline."));
    expect(screen.queryByText(SENTENCE)).toBeNull();
  });

  it("is no longer called kept once it is taken back", async () => {
    const { fake } = await openProject();
    fake.connection = { state: "offline" };
    await typePublisher(SAMPLE);
    await press("Add");
    await screen.findByText(/^Kept here, not sent yet/);
    await press(/^Undo/, await waitFor(() => theId("change-c1")));
    await waitFor(() => expect(screen.queryByText(/^Kept here, not sent yet/)).toBeNull());
    await waitFor(() => expect(byId("change-c1")).toBeNull());
  });

  it("shows what the index refused under its field and keeps what was typed", async () => {
    await openProject();
    await typePublisher({ ...SAMPLE, owner: "ghost" });
    await press("Add");
    await waitFor(() => expect(byId("field-owner-errors")).not.toBeNull());
    expect(theId("field-owner-errors").textContent).toContain("Unknown GitHub user");
    expect((theId("field-owner") as HTMLInputElement).value).toBe("ghost");
    await waitFor(() => expect(document.activeElement?.id).toBe("field-owner"));
  });

  it("names the rejected change whose place its mended successor takes", async () => {
    const { fake } = await openProject();
    await typePublisher({ ...SAMPLE, owner: "ghost" });
    await press("Add");
    await waitFor(() => expect(byId("field-owner-errors")).not.toBeNull());
    await type("field-owner", "octo-org");
    await press("Add");
    await screen.findByText(SENTENCE);
    expect(fake.called("queue_add")).toMatchObject([{ edits: null }, { edits: "c1" }]);
    expect(fake.called("discard_change"), "core drops it in the same commit").toEqual([]);
    expect(byId("change-c1")).toBeNull();
  });

  it("sends nothing while a field is wrong and goes to the first wrong one", async () => {
    const { fake } = await openProject();
    await type("field-owner", "octo-org");
    await press("Add");
    await waitFor(() => expect(document.activeElement?.id).toBe("field-repository"));
    expect(theId("field-repository").getAttribute("aria-invalid")).toBe("true");
    expect(theId("field-repository").getAttribute("aria-describedby")).toContain(
      "field-repository-errors",
    );
    expect(fake.called("sync_project")).toEqual([]);
  });

  it("does not add twice when Add is pressed twice", async () => {
    const { fake } = await openProject({ delay: 5 });
    await typePublisher(SAMPLE);
    await press("Add");
    await press("Adding…");
    await screen.findByText(SENTENCE);
    expect(fake.called("queue_add")).toHaveLength(1);
  });

  it("takes Ctrl+Enter from any field", async () => {
    await openProject();
    await typePublisher(SAMPLE);
    await fireEvent.keyDown(theId("field-owner"), { key: "Enter", ctrlKey: true });
    await screen.findByText(SENTENCE);
  });

  it("keeps what was typed when one looks at another screen", async () => {
    await openProject();
    await type("field-owner", "octo-or");
    await fireEvent.click(screen.getByRole("link", { name: /^Settings/ }));
    await screen.findByText("Where things lie");
    await fireEvent.click(screen.getByRole("link", { name: /^Your projects/ }));
    await fireEvent.click(await screen.findByRole("link", { name: "Manage sampleproject" }));
    await waitFor(() => expect((theId("field-owner") as HTMLInputElement).value).toBe("octo-or"));
  });

  it("does not carry what was typed over to another project", async () => {
    await openProject();
    await type("field-owner", "octo-or");
    await fireEvent.click(
      screen.getAllByRole("link", { name: /^Your projects/ })[0] as HTMLElement,
    );
    await fireEvent.click(await screen.findByRole("link", { name: "Manage octo-cli" }));
    await waitFor(() => expect((theId("field-owner") as HTMLInputElement).value).toBe(""));
  });
});

describe("Without a folder that can be written", () => {
  it("nothing can be added, replaced or removed, and the buttons say why", async () => {
    const { fake } = await openProject({}, (fake) => (fake.isReadOnly = true));
    await typePublisher(SAMPLE);
    await press("Add");
    for (const id of ["replace-0191-wheels", "limit-0191-wheels"]) {
      expect(theId(id).title).toContain("Nothing can be saved now");
      await fireEvent.click(theId(id));
    }
    await press(/^Remove/, theId("publisher-0191-wheels"));
    expect(screen.queryByRole("dialog"), "nobody is asked what cannot be done").toBeNull();
    expect(byId("replacing")).toBeNull();
    expect(fake.called("queue_add")).toEqual([]);
  });
});

describe("The list of publishers", () => {
  it("is not called empty before it was read", async () => {
    const { fake, desk } = await openProject();
    fake.connection = { state: "offline" };
    await desk.loadApp();
    desk.go({ screen: "publishing", project: "octo-docs-theme" });
    await waitFor(() => expect(main().textContent).toContain("have not been read from"));
    expect(main().textContent).not.toContain("No publisher yet");
  });

  it("says so when it was read and is empty", async () => {
    const { desk } = await openProject();
    desk.go({ screen: "publishing", project: "octo-cli" });
    await screen.findByText("No publisher yet");
  });

  it("names publisher, project and mails before it removes, and warns of the last one", async () => {
    const { desk, fake } = await openProject();
    desk.go({ screen: "publishing", project: "octo-http" });
    await waitFor(() => theId("publisher-0191-http"));
    await press(/^Remove/, theId("publisher-0191-http"));
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toContain("octo-org/octo-http");
    expect(dialog.textContent).toContain("from octo-http");
    expect(dialog.textContent).toContain("e-mails every collaborator");
    expect(dialog.textContent).toContain("It is the last publisher");
    expect(fake.called("queue_remove"), "nothing before the question is answered").toEqual([]);
    await press("Remove publisher", dialog);
    await screen.findByText(/^Removed\./);
    expect(byId("publisher-0191-http")).toBeNull();
  });

  it("does not call one of two publishers the last", async () => {
    await openProject();
    await press(/^Remove/, theId("publisher-0191-pypi"));
    expect((await screen.findByRole("dialog")).textContent).not.toContain("last publisher");
  });

  it("shows a waiting removal in place, with Undo", async () => {
    const { desk } = await openProject({}, seedChanges);
    const row = theId("publisher-0191-wheels");
    expect(row.textContent).toContain("Waiting to be removed");
    await press(/^Undo/, row);
    await settled(desk);
    await waitFor(() =>
      expect(theId("publisher-0191-wheels").textContent).not.toContain("Waiting"),
    );
  });
});

describe("A publisher that this version does not know in full", () => {
  const detail = (label: string, value: string | null) => ({ label, value, linked: false });
  const details = [
    detail("Organization ID", "3f1c"),
    detail("Context", null),
    detail("Context", "release"),
    detail("", "for a while"),
    detail("", "and no longer"),
    detail("Ref", "main"),
  ];
  const line = "Organization ID: 3f1c, Context: (Any), Context: release";
  const unknown = {
    id: "0192-unknown",
    provider: null,
    provider_name: "CircleCI",
    details,
    subject: line,
    line,
    fields: {},
  };

  it("is shown with every label and value, and can be removed", async () => {
    const { fake } = await openProject({}, (fake) => {
      fake.listed("sampleproject").push(unknown);
    });
    const row = theId("publisher-0192-unknown");
    expect(row.querySelector("th")?.textContent).toBe("CircleCI");
    const labels = [...row.querySelectorAll("dt")].map((label) => label.textContent);
    expect(labels).toEqual(details.map((each) => each.label));
    const values = [...row.querySelectorAll("dd")].map((value) => value.textContent.trim());
    expect(values).toEqual(details.map((each) => each.value ?? "(Any)"));
    expect(row.querySelector("#replace-0192-unknown"), "nothing is guessed").toBeNull();
    await press(/Remove/, row);
    const dialog = screen.getByRole("dialog");
    expect(dialog.textContent).toContain("for a while");
    await press(/Remove/, dialog);
    await waitFor(() => expect(fake.called("queue_remove")).toHaveLength(1));
  });
});
