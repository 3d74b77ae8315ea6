import { screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { Fake, seedChanges } from "../ipc/fake";
import { ASK_MS } from "../state/back-online.svelte";
import { Desk } from "../state/desk.svelte";
import { byId, main, openApp, press, theId } from "../testing";

const offline = (fake: Fake) => {
  fake.connection = { state: "offline" };
  seedChanges(fake);
};

describe("Back online", () => {
  it("is noticed when the system says so, and what waits is offered", async () => {
    const { fake } = await openApp({}, offline);
    await waitFor(() => expect(byId("connection")?.textContent.trim()).toBe("Offline"));
    fake.connection = { state: "online" };
    window.dispatchEvent(new Event("online"));
    await screen.findByText("2 queued changes can be sent");
    await press("Review", theId("back-online"));
    await screen.findByRole("dialog");
    expect(theId("back-online").textContent.trim(), "it is said once").toBe("");
  });

  it("is a person who has signed in again, too", async () => {
    const { desk } = await openApp({}, (fake) => {
      fake.connection = { state: "signed_out" };
      seedChanges(fake);
    });
    desk.go({ screen: "sign-in" });
    await screen.findByRole("button", { name: "Use the demo account" });
    await press("Use the demo account");
    await screen.findByText("2 queued changes can be sent");
  });

  it("is asked for every minute, only while offline and looked at", async () => {
    vi.useFakeTimers();
    const fake = new Fake();
    const desk = new Desk(fake);
    await desk.open();
    const asked = () => fake.called("refresh_connection").length;
    const end = desk.backOnline.watch();
    await vi.advanceTimersByTimeAsync(ASK_MS);
    expect(asked(), "online: nobody asks").toBe(1);
    fake.connection = { state: "offline" };
    await desk.loadApp();
    await vi.advanceTimersByTimeAsync(ASK_MS);
    expect(asked()).toBe(2);
    const hidden = vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
    await vi.advanceTimersByTimeAsync(ASK_MS);
    expect(asked(), "hidden: nobody asks").toBe(2);
    hidden.mockRestore();
    end();
  });

  it("says nothing when nothing waits", async () => {
    const { fake, desk } = await openApp({}, (fake) => (fake.connection = { state: "offline" }));
    fake.connection = { state: "online" };
    await desk.checkConnection();
    await waitFor(() => expect(fake.called("review_changes")).toHaveLength(1));
    expect(theId("back-online").textContent.trim()).toBe("");
  });
});

describe("Without a network", () => {
  it("tells at the first start what can be done", async () => {
    await openApp({ read: false }, (fake) => (fake.connection = { state: "offline" }));
    await screen.findByText("Your projects have not been read yet");
    expect(main().textContent).toContain("cannot be reached from here now");
    expect(main().textContent).toContain("the demo index needs no network");
  });
});
