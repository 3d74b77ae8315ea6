import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import type { Provider } from "../ipc/bindings";
import {
  byId,
  main,
  openProject,
  openTab,
  press,
  settled,
  theId,
  TYPED,
  type,
  typePublisher,
  valueOf,
} from "../testing";

const ALL: Provider[] = ["github", "gitlab", "google", "activestate"];
const GITLAB = "https://gitlab.com";
const OWN = "https://gitlab.octo-org.example";
const panel = () => theId("provider-panel");
const alt = (number: number) =>
  fireEvent.keyDown(document.activeElement ?? document.body, {
    key: "¹",
    code: `Digit${number}`,
    altKey: true,
  });

describe("The tabs", () => {
  it("stand in the index's order", async () => {
    await openProject();
    const names = screen.getAllByRole("tab").map((tab) => tab.textContent.trim());
    expect(names).toEqual(["GitHub Actions", "GitLab CI/CD", "Google Cloud", "ActiveState"]);
  });

  it("keep what was typed in each of them", async () => {
    await openProject();
    for (const provider of ALL) {
      await openTab(provider);
      await typePublisher(TYPED[provider].fields);
    }
    for (const provider of ALL) {
      await openTab(provider);
      for (const [field, text] of Object.entries(TYPED[provider].fields))
        expect(valueOf(`field-${field}`), `${field} of ${provider}`).toBe(text);
    }
  });

  it("are chosen with Alt and a number, also from a field, whatever sign Alt makes", async () => {
    await openProject();
    theId("field-owner").focus();
    for (const [at, provider] of ALL.entries()) {
      await alt(at + 1);
      await waitFor(() => expect(document.activeElement?.id).toBe(`tab-${provider}`));
      expect(theId(`tab-${provider}`).getAttribute("aria-selected")).toBe("true");
      expect(theId(`tab-${provider}`).getAttribute("aria-keyshortcuts")).toBe(`Alt+${at + 1}`);
    }
    await alt(5);
    expect(document.activeElement?.id, "there is no fifth").toBe("tab-activestate");
  });

  it("are walked through with the arrow keys", async () => {
    await openProject();
    theId("tab-github").focus();
    for (const expected of ["gitlab", "google", "activestate", "github"]) {
      await fireEvent.keyDown(document.activeElement as Element, { key: "ArrowRight" });
      expect(document.activeElement?.id).toBe(`tab-${expected}`);
    }
  });

  it.each(ALL)("tell %s's rules, notes and where to read more", async (provider) => {
    await openProject();
    await openTab(provider);
    expect(panel().textContent).toContain("For example");
    expect(panel().textContent).toContain("(required)");
    expect(panel().querySelector("summary")?.textContent).toBe("Good to know");
    expect(panel().querySelectorAll("details li").length).toBeGreaterThan(6);
  });

  it("open their links in the browser", async () => {
    const { fake } = await openProject();
    await openTab("google");
    await press(/^Default service accounts/, panel());
    await press(/^Security model/, panel());
    expect(fake.called("open_link")).toEqual(
      ["google_default_accounts", "security_model"].map((link) => ({
        target: { kind: "docs", link },
      })),
    );
  });
});

describe.each(ALL)("Adding with %s", (provider) => {
  const { fields, subject } = TYPED[provider];

  it("gives the new row at the top the focus and says what it can do from now on", async () => {
    await openProject();
    await openTab(provider);
    await typePublisher(fields);
    await press("Add");
    await screen.findByText(`From now on ${subject} can get short-lived tokens for sampleproject.`);
    await waitFor(() => expect(document.activeElement?.id).toBe("publisher-0192-c1"));
    expect(main().querySelector("tbody tr")?.id).toBe("publisher-0192-c1");
  });

  it("warns beside the first field of one that is already there", async () => {
    await openProject();
    await openTab(provider);
    await typePublisher(fields);
    await press("Add");
    await screen.findByText(/^From now on/);
    await typePublisher(fields);
    const first = Object.keys(fields)[0] ?? "";
    await waitFor(() =>
      expect(theId(`field-${first}-warnings`).textContent).toContain("already there"),
    );
    expect(theId(`field-${first}`).getAttribute("aria-invalid"), "a warning is no error").toBe(
      "false",
    );
  });
});

describe("ActiveState", () => {
  it("says under which name the index lists a renamed user", async () => {
    await openProject();
    await openTab("activestate");
    await typePublisher({ ...TYPED.activestate.fields, actor: "renamed" });
    await press("Add");
    await screen.findByText(/^From now on renamed in .* It is listed under actor first-name/);
    await waitFor(() => expect(document.activeElement?.textContent).toContain("first-name"));
  });

  it("opens a rejected change in its own tab, although GitLab has a field of that name", async () => {
    await openProject();
    await openTab("activestate");
    await typePublisher({ ...TYPED.activestate.fields, actor: "ghost" });
    await press("Add");
    await waitFor(() => theId("field-actor-errors"));
    await openTab("gitlab");
    await press(/^Edit/, theId("change-c1"));
    await waitFor(() => expect(document.activeElement?.id).toBe("field-actor"));
    expect(theId("field-actor-errors").textContent).toContain("ActiveState actor not found");
    expect(valueOf("field-project")).toBe("sampleproject");
  });
});

describe("The GitLab instance", () => {
  it("is not asked for where there is only one, and is sent all the same", async () => {
    const { fake } = await openProject();
    await openTab("gitlab");
    expect(byId("field-issuer_url")).toBeNull();
    await typePublisher(TYPED.gitlab.fields);
    await press("Add");
    await screen.findByText(/^From now on/);
    expect(fake.called("queue_add")).toMatchObject([{ fields: { issuer_url: GITLAB } }]);
  });

  it("is a choice where the index has enabled another", async () => {
    const { fake } = await openProject({}, (fake) => fake.gitlabInstances.push(OWN));
    await openTab("gitlab");
    const select = theId("field-issuer_url") as HTMLSelectElement;
    expect([...select.options].map(({ value }) => value)).toEqual([GITLAB, OWN]);
    expect(select.value, "the first one").toBe(GITLAB);
    await fireEvent.change(select, { target: { value: OWN } });
    await typePublisher(TYPED.gitlab.fields);
    await press("Add");
    await screen.findByText(/^From now on/);
    expect(fake.called("queue_add")).toMatchObject([{ fields: { issuer_url: OWN } }]);
    expect(valueOf("field-issuer_url"), "the next one begins with the first again").toBe(GITLAB);
  });

  it("that is no longer enabled stays in sight, with what is wrong with it", async () => {
    const { fake, desk } = await openProject({}, (fake) => fake.gitlabInstances.push(OWN));
    await openTab("gitlab");
    await fireEvent.change(theId("field-issuer_url"), { target: { value: OWN } });
    await typePublisher(TYPED.gitlab.fields);
    fake.gitlabInstances = [GITLAB];
    await desk.publishing.refresh();
    expect(valueOf("field-issuer_url")).toBe(OWN);
    await press("Add");
    await waitFor(() => expect(document.activeElement?.id).toBe("field-issuer_url"));
    expect(theId("field-issuer_url-errors").textContent).toContain("Not a valid choice.");
    expect(fake.called("sync_project"), "nothing is sent").toEqual([]);
  });
});

describe("What the index has switched off", () => {
  const pypi = { index: "pypi" } as const;

  it("is said in its tab, in words, and the others go on working", async () => {
    const { fake, desk } = await openProject(pypi);
    await openTab("gitlab");
    await type("field-namespace", "octo");
    // The page is read once more after it was opened.
    await settled(desk);
    fake.switchedOff = ["gitlab"];
    await desk.publishing.refresh();
    await waitFor(() => expect(theId("tab-gitlab").textContent).toContain("(switched off)"));
    expect(panel().textContent).toContain("GitLab CI/CD is switched off on PyPI for now");
    expect(panel().textContent).toContain("can still be removed");
    expect(panel().querySelector("form")).toBeNull();
    await openTab("github");
    expect(panel().querySelector("form")).not.toBeNull();
    fake.switchedOff = [];
    await desk.publishing.refresh();
    await openTab("gitlab");
    expect(valueOf("field-namespace"), "what was typed is kept").toBe("octo");
  });

  it("is said once when it is everything", async () => {
    await openProject(pypi, (fake) => (fake.switchedOff = [...ALL]));
    expect(screen.queryAllByRole("tab")).toEqual([]);
    expect(theId("add-publisher").textContent).toContain(
      "Trusted publishing is switched off on PyPI for now",
    );
    expect(byId("publisher-0191-pypi"), "the list is still there").not.toBeNull();
  });
});
