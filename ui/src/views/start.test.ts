import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { DEMO_ACCOUNT } from "../ipc/fake";
import type { Fake } from "../ipc/fake";
import { byId, main, openApp, press, theId, type } from "../testing";

describe("First start and sign in", () => {
  it("preselects no index and asks nothing of one", async () => {
    const { fake } = await openApp({ index: null, username: null });
    expect(main().dataset["screen"]).toBe("start");
    expect(main().querySelector("[aria-checked=true], :checked, [aria-current]")).toBeNull();
    expect(fake.called("choose_index")).toEqual([]);
    expect(byId("demo-banner")).toBeNull();
  });

  it("says that the chosen index had another's address, and starts anew", async () => {
    const words = "The stored address of the index “pypi” is http://localhost:18999/.";
    const prepare = (fake: Fake) => (fake.wrongAddress = words);
    await openApp({ index: null, username: null }, prepare);
    expect(theId("wrong-address").textContent).toContain(words);
    await press(/^PyPI/);
    await waitFor(() => expect(main().dataset["screen"]).toBe("sign-in"));
    expect(byId("wrong-address")).toBeNull();
  });

  it("shows why an address cannot be used, under the address", async () => {
    await openApp({ index: null, username: null });
    await press(/^Another index/);
    await type("start-address", "http://pypi.org");
    await press("Use this index");
    await waitFor(() => expect(byId("start-address-errors")?.textContent).toContain("Only https"));
    expect(main().dataset["screen"]).toBe("start");
  });

  it("is signed in on the demo index with one button, under a lasting banner", async () => {
    await openApp({ index: null, username: null });
    await press(/^Demo index/);
    await screen.findByText(DEMO_ACCOUNT.code);
    await press("Use the demo account");
    await screen.findByText("sampleproject");
    expect(byId("demo-banner")?.textContent).toContain("nothing here is real");
  });

  it("says which host gets the password, and asks for the code after it", async () => {
    const { fake } = await openApp({ index: "pypi", username: null });
    expect(main().textContent).toContain("pypi.org");
    expect(main().textContent).toContain(
      "PyPI has no API for this yet; Trustdesk uses its web forms in your session.",
    );
    expect(screen.queryByText("Use the demo account"), "no demo account on PyPI").toBeNull();
    await type("sign-in-username", "demo");
    await type("sign-in-password", DEMO_ACCOUNT.password);
    await press("Continue");
    await waitFor(() => theId("sign-in-code"));
    await type("sign-in-code", "000000");
    await press("Sign in");
    await waitFor(() => expect(byId("sign-in-code-errors")?.textContent).toContain("Invalid"));
    await type("sign-in-code", DEMO_ACCOUNT.code);
    await fireEvent.submit(theId("sign-in-code").closest("form") as HTMLFormElement);
    await screen.findByText("sampleproject");
    expect(fake.called("sign_in")).toHaveLength(1);
  });

  it("empties a refused password and keeps the user name", async () => {
    await openApp({ index: "pypi", username: null });
    await type("sign-in-username", "demo");
    await type("sign-in-password", "wrong");
    await press("Continue");
    await waitFor(() => theId("sign-in-password-errors"));
    expect((theId("sign-in-username") as HTMLInputElement).value).toBe("demo");
    expect((theId("sign-in-password") as HTMLInputElement).value).toBe("");
  });
});
