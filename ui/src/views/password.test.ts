import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { DEMO_ACCOUNT } from "../ipc/fake";
import { openProject, press, theId, type } from "../testing";

async function asked() {
  const opened = await openProject({}, (fake) =>
    fake.fail("refresh_publishing", { code: "confirm_password", message: "Confirm" }),
  );
  await waitFor(() => theId("confirm-password"));
  return opened;
}

describe("Confirm password", () => {
  it("says that the password was wrong, empties the field and stays", async () => {
    await asked();
    await type("confirm-password", "wrong");
    await press("Confirm", await screen.findByRole("dialog"));
    await screen.findByText("The password is invalid. Try again.");
    expect((theId("confirm-password") as HTMLInputElement).value).toBe("");
  });

  it("goes away with the right password and the list is read", async () => {
    const { fake } = await asked();
    await type("confirm-password", DEMO_ACCOUNT.password);
    await fireEvent.submit(theId("confirm-password").closest("form") as HTMLFormElement);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(fake.called("refresh_publishing")).toHaveLength(2);
  });
});
