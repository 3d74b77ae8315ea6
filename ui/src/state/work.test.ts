import { describe, expect, it, vi } from "vitest";
import type { IpcError } from "../ipc/bindings";
import { DEMO_ACCOUNT, Fake } from "../ipc/fake";
import { PasswordQuestion } from "./password.svelte";
import { Work } from "./work.svelte";

const ASKS: IpcError = { code: "confirm_password", message: "Confirm your password" };

function desk() {
  const fake = new Fake();
  const password = new PasswordQuestion(fake);
  return { fake, password, work: new Work(password) };
}

describe("work", () => {
  it("repeats the action once the password is confirmed", async () => {
    const { fake, password, work } = desk();
    fake.fail("refresh_projects", ASKS);
    const running = work.run(() => fake.call("refresh_projects"), vi.fn());
    await vi.waitFor(() => expect(password.open).toBe(true));
    expect(work.running, "nothing runs while a person is asked").toBe(0);
    await password.confirm(DEMO_ACCOUNT.password);
    expect((await running).ok).toBe(true);
    expect(fake.called("refresh_projects")).toHaveLength(2);
    expect(work.problem).toBeNull();
  });

  it("asks again after a wrong password and says so", async () => {
    const { fake, password, work } = desk();
    fake.fail("refresh_projects", ASKS);
    void work.run(() => fake.call("refresh_projects"), vi.fn());
    await vi.waitFor(() => expect(password.open).toBe(true));
    await password.confirm("wrong");
    expect(password.open).toBe(true);
    expect(password.why).toEqual({ outcome: "wrong_password", tries_left: 9 });
  });

  it("does not repeat the action when the person turns away", async () => {
    const { fake, password, work } = desk();
    fake.fail("refresh_projects", ASKS);
    const running = work.run(() => fake.call("refresh_projects"), vi.fn());
    await vi.waitFor(() => expect(password.open).toBe(true));
    password.cancel();
    expect((await running).ok).toBe(false);
    expect(fake.called("refresh_projects")).toHaveLength(1);
    expect(work.problem?.code).toBe("confirm_password");
  });

  it("answers everybody who waits for the same password", async () => {
    const { fake, password, work } = desk();
    fake.fail("refresh_projects", ASKS, ASKS);
    const both = [1, 2].map(() => work.attempt(() => fake.call("refresh_projects")));
    await vi.waitFor(() => expect(password.open && work.running === 0).toBe(true));
    await password.confirm(DEMO_ACCOUNT.password);
    expect((await Promise.all(both)).every(({ ok }) => ok)).toBe(true);
  });

  it("leaves an earlier problem on screen when something stored is read again", async () => {
    const { fake, work } = desk();
    fake.fail("refresh_projects", { code: "offline", message: "No network" });
    await work.run(() => fake.call("refresh_projects"), vi.fn());
    await work.read(() => fake.call("list_projects"), vi.fn());
    expect(work.problem?.code).toBe("offline");
  });
});
