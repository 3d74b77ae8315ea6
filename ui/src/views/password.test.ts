import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { DEMO_ACCOUNT } from "../ipc/fake";
import { byId, openApp, openProject, press, theId, type, valueOf } from "../testing";

async function asked() {
  const opened = await openProject({}, (fake) =>
    fake.fail("refresh_publishing", { code: "confirm_password", message: "Confirm" }),
  );
  await waitFor(() => theId("confirm-password"));
  return opened;
}

const submit = () => fireEvent.submit(theId("confirm-password").closest("form") as HTMLFormElement);
const said = () => theId("confirm-password-errors").textContent;

describe("Confirm password", () => {
  it("says that the password was wrong and how many more may be, empties the field and stays", async () => {
    const { fake } = await asked();
    await type("confirm-password", "wrong");
    await press("Confirm", await screen.findByRole("dialog"));
    await waitFor(() => expect(said()).toContain("The password is wrong. 9 more wrong ones"));
    expect(valueOf("confirm-password")).toBe("");
    fake.wrongPasswords = 9;
    await type("confirm-password", "wrong");
    await submit();
    await waitFor(() => expect(said()).toContain("looks at no other for five minutes"));
  });

  it("counts down while the account is locked out, sends nothing, and then goes on", async () => {
    vi.useFakeTimers({ now: Date.now(), toFake: ["Date", "setInterval", "clearInterval"] });
    const { desk, fake } = await openApp({}, (fake) => (fake.wrongPasswords = 10));
    void desk.confirmPassword();
    await waitFor(() => theId("confirm-password"));
    await type("confirm-password", DEMO_ACCOUNT.password);
    await submit();
    await waitFor(() => expect(said()).toMatch(/accepts the next try (tomorrow )?at \d/));
    expect(theId("locked-out").textContent).toContain("in 5:00");
    const button = screen.getByRole("button", { name: "Confirm" });
    expect(button.getAttribute("aria-disabled")).toBe("true");
    await vi.advanceTimersByTimeAsync(61_000);
    expect(theId("locked-out").textContent).toContain("in 3:59");
    await submit();
    expect(fake.called("confirm_password"), "it is not even asked").toHaveLength(1);
    await vi.advanceTimersByTimeAsync(240_000);
    expect(theId("locked-out").textContent).toContain("You can try again now.");
    expect(button.getAttribute("aria-disabled")).toBe("false");
  });

  it("goes away with the right password and the list is read", async () => {
    const { fake } = await asked();
    await type("confirm-password", DEMO_ACCOUNT.password);
    await submit();
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(fake.called("refresh_publishing")).toHaveLength(2);
  });

  it("goes away when the index does not ask for it any more, whatever was typed", async () => {
    const { fake } = await asked();
    fake.passwordHolds = true;
    await type("confirm-password", "wrong");
    await submit();
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(fake.called("refresh_publishing")).toHaveLength(2);
  });

  it("is told to hold until a time, while it holds", async () => {
    const until = Date.now() + 600_000;
    await openApp({}, (fake) => (fake.confirmedUntil = until));
    const time = new Intl.DateTimeFormat(undefined, { timeStyle: "short" }).format(until);
    expect(theId("confirmed-until").textContent).toBe(`Password entered, valid until ${time}`);
    await openApp({}, (fake) => (fake.confirmedUntil = Date.now() - 1));
    expect(byId("confirmed-until")).toBeNull();
  });

  it("is told together with the end of the session", async () => {
    await openApp({}, (fake) => (fake.sessionEnds = Date.now() + 3_600_000));
    expect(theId("session-ends").textContent).toContain("Session until");
  });

  it("does not call a session whose time is over a good one", async () => {
    await openApp({}, (fake) => (fake.sessionEnds = Date.now() - 1));
    expect(theId("session-ends").textContent).toContain("time is over");
  });
});
