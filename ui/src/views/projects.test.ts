import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { byId, main, openApp, press, settled, theId, type } from "../testing";

describe("Your projects", () => {
  it("never shows a project that was not read as one without publishers", async () => {
    await openApp();
    await screen.findByText("octo-docs-theme");
    expect(theId("project-octo-docs-theme").textContent).toContain("Not read yet");
    expect(theId("project-octo-docs-theme").textContent).not.toContain("No publisher");
    expect(theId("project-octo-cli").textContent).toContain("No publisher");
    expect(theId("project-octo-cli").textContent).not.toContain("Not read yet");
  });

  it("says why a project cannot be managed, instead of a dead button", async () => {
    await openApp();
    await screen.findByText("shared-toolkit");
    const row = theId("project-shared-toolkit");
    expect(row.textContent).toContain("Only owners can manage publishers");
    expect(row.querySelector("a")).toBeNull();
  });

  it("narrows as one types and says how many are left", async () => {
    await openApp();
    await screen.findByText("octo-http");
    await type("projects-filter", "http");
    expect(byId("project-octo-http")).not.toBeNull();
    expect(byId("project-sampleproject")).toBeNull();
    expect(main().textContent).toContain("1 of 7 projects shown");
  });

  it("keeps archived projects apart", async () => {
    await openApp();
    const archived = await screen.findByRole("region", { name: /^Archived projects/ });
    expect(archived.textContent).toContain("octo-legacy");
    expect(archived.textContent).not.toContain("octo-http");
  });

  it("asks the index once for a list that was never read", async () => {
    const { fake, desk } = await openApp({ read: false });
    await screen.findByText("sampleproject");
    await settled(desk);
    expect(fake.called("refresh_projects")).toHaveLength(1);
  });

  it("goes on showing what is stored when the index cannot be reached", async () => {
    const { fake, desk } = await openApp();
    await screen.findByText("sampleproject");
    fake.connection = { state: "offline" };
    await press("Refresh");
    await screen.findByText("The index cannot be reached");
    await settled(desk);
    expect(byId("project-sampleproject")).not.toBeNull();
  });

  it("takes / to the filter and F5 to a refresh", async () => {
    const { fake } = await openApp();
    await screen.findByText("sampleproject");
    await fireEvent.keyDown(document.body, { key: "/" });
    await waitFor(() => expect(document.activeElement?.id).toBe("projects-filter"));
    await fireEvent.keyDown(document.body, { key: "F5" });
    expect(fake.called("refresh_projects")).toHaveLength(1);
  });
});
