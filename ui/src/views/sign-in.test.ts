import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { afterEach, describe, expect, it, vi } from "vitest";
import { DEMO_ACCOUNT, MAILED_LINK, RECOVERY_CODES } from "../ipc/fake";
import type { Fake, FakeOptions } from "../ipc/fake";
import { byId, main, openApp, press, theId, type, valueOf } from "../testing";

const WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Edg/140";

const card = () => screen.getByRole("region", { name: "Sign in" });

async function signIn(
  username: string,
  options: FakeOptions = {},
  prepare: (fake: Fake) => void = () => {},
) {
  const opened = await openApp({ username: null, ...options }, prepare);
  await type("sign-in-username", username);
  await type("sign-in-password", DEMO_ACCOUNT.password);
  await press("Continue");
  await waitFor(() => expect(byId("signing-in-as") ?? byId("said")).toBeTruthy());
  return opened;
}

async function giveCode(code: string = DEMO_ACCOUNT.code) {
  await type("sign-in-code", code);
  await press("Sign in", card());
}

const isInside = () => waitFor(() => expect(main().dataset["screen"]).toBe("projects"));

afterEach(() => vi.restoreAllMocks());

describe("The password", () => {
  it("goes through the proxy that is named beside it, if there is one", async () => {
    await openApp({ username: null });
    expect(byId("sign-in-proxy")).toBeNull();
    await openApp({ username: null }, (fake) => (fake.proxy = "proxy.example:3128"));
    expect(theId("sign-in-proxy").textContent).toMatch(
      /^Connections to \S+ go through the proxy proxy\.example:3128\.$/,
    );
  });
});

describe("The second factor", () => {
  it("is the authenticator code where there is one, for the user who was typed", async () => {
    await signIn("demo");
    expect(theId("signing-in-as").textContent).toContain("Signing in as demo");
    expect(theId("sign-in-code").getAttribute("autocomplete")).toBe("one-time-code");
  });

  it("remembers the device only if that is wanted, and says what it opens", async () => {
    const { fake } = await signIn("demo");
    const remember = theId("remember-device") as HTMLInputElement;
    expect(remember.checked).toBe(false);
    const words = theId("remember-device-text").textContent;
    for (const part of ["keyring", "30 days", "cannot revoke it", "deleted when you sign out"])
      expect(words).toContain(part);
    expect(words, "it is kept in the keyring").not.toContain("until Trustdesk is closed");
    await fireEvent.click(remember);
    await giveCode();
    await isInside();
    expect(fake.called("sign_in_with_code")).toEqual([
      { code: DEMO_ACCOUNT.code, remember_device: true },
    ]);
  });

  it("says that nothing outlives this run where no session does", async () => {
    await signIn("demo", {}, (fake) => (fake.forgetsSession = true));
    expect(theId("remember-device-text").textContent).toContain("until Trustdesk is closed");
  });

  it("can be a recovery code, with a warning before it is sent, and back again", async () => {
    const { fake } = await signIn("demo");
    await press("Use a recovery code instead");
    expect(card().textContent).toContain("used up even if the index then holds the sign-in back");
    expect(theId("signing-in-as").textContent).toContain("demo");
    expect(byId("remember-device"), "the index offers it with a code only").toBeNull();
    await press("Use the authenticator code");
    await giveCode();
    await isInside();
    expect(fake.called("sign_in_with_recovery_code")).toEqual([]);
  });

  it("keeps a recovery code that was refused, to be mended, under the index's words", async () => {
    const { fake } = await signIn("demo");
    await press("Use a recovery code instead");
    await type("sign-in-recovery_code", "decafbad0000000x");
    await press("Sign in", card());
    await screen.findByText("Invalid recovery code.");
    expect(valueOf("sign-in-recovery_code")).toBe("decafbad0000000x");
    await type("sign-in-recovery_code", RECOVERY_CODES[0] ?? "");
    await press("Sign in", card());
    await isInside();
    expect(fake.called("sign_in_with_recovery_code")).toHaveLength(2);
    expect(theId("said").textContent).toContain("cannot be used again");
  });

  it("offers no recovery code to who has none", async () => {
    await signIn("no-recovery-codes");
    expect(screen.queryByText("Use a recovery code instead")).toBeNull();
  });

  it("begins again without what was typed when the index has thrown the account out", async () => {
    await signIn("frozen");
    await giveCode();
    await screen.findByText(/Your account has been suspended/);
    expect(valueOf("sign-in-username")).toBe("frozen");
    expect(valueOf("sign-in-password")).toBe("");
  });
});

describe("An account with nothing but a security key", () => {
  it("is never asked for a code, and is told what can be done on this system", async () => {
    await signIn("security-key");
    expect(byId("sign-in-code"), "a code that is posted crashes the index").toBeNull();
    expect(card().textContent).toContain("neither can the window that it opens");
    expect(card().textContent).toContain("Add an authenticator app");
    expect(screen.queryByText(/own page in a window/), "it could not work here").toBeNull();
    expect(card().textContent, "nothing was ever read here").not.toContain("drafts need no");
    await press("Use a recovery code instead");
    await type("sign-in-recovery_code", RECOVERY_CODES[1] ?? "");
    await press("Sign in", card());
    await isInside();
  });

  it("can go on with what was read before", async () => {
    const { desk } = await openApp({ username: "security-key" });
    desk.go({ screen: "sign-in" });
    await waitFor(() => theId("sign-in-username"));
    await type("sign-in-username", "security-key");
    await type("sign-in-password", DEMO_ACCOUNT.password);
    await press("Continue");
    await waitFor(() => expect(card().textContent).toContain("drafts need no session"));
  });

  it("is offered the window on Windows, whose engine can ask the key", async () => {
    vi.spyOn(navigator, "userAgent", "get").mockReturnValue(WINDOWS);
    const { fake } = await signIn("security-key");
    expect(card().textContent).not.toContain("neither can the window");
    await press(/own page in a window/);
    await waitFor(() => theId("sign-in-window-open"));
    expect(fake.called("sign_in_in_window")).toEqual([{ username: "security-key" }]);
  });

  it("may use the key in a window beside its authenticator, on Windows only", async () => {
    await signIn("security-key-and-totp");
    expect(screen.queryByText("Use the security key in a window")).toBeNull();
    vi.spyOn(navigator, "userAgent", "get").mockReturnValue(WINDOWS);
    await signIn("security-key-and-totp");
    await screen.findByText("Use the security key in a window");
  });
});

describe("A network that the index does not know", () => {
  async function heldBack() {
    const opened = await signIn("new-device");
    await giveCode();
    await waitFor(() => theId("sign-in-link"));
    return opened;
  }

  it("is confirmed by the mailed link, pasted here and not opened in a browser", async () => {
    await heldBack();
    for (const part of ["do not open it in a browser", "this network only", "6 hours"])
      expect(card().textContent).toContain(part);
    await waitFor(() => expect(theId("demo-mailed-link").textContent).toBe(MAILED_LINK));
    await press("Paste the link");
    expect(valueOf("sign-in-link")).toBe(MAILED_LINK);
    await press("Confirm", card());
    await isInside();
  });

  it("keeps a link that is none, with words of our own", async () => {
    await heldBack();
    await type("sign-in-link", "https://pypi.example/account/confirm-login/?token=a");
    await press("Confirm", card());
    await screen.findByText(/no confirmation link of 127.0.0.1:42173/);
    expect(valueOf("sign-in-link")).toContain("pypi.example");
  });

  it("begins again, with the index's words, when the link is too old", async () => {
    await heldBack();
    await type("sign-in-link", `${MAILED_LINK}old`);
    await press("Confirm", card());
    await screen.findByText("Expired token: please try to login again");
    expect(valueOf("sign-in-username")).toBe("new-device");
  });

  it("says that a recovery code is used up already", async () => {
    await signIn("new-device");
    await press("Use a recovery code instead");
    await type("sign-in-recovery_code", RECOVERY_CODES[2] ?? "");
    await press("Sign in", card());
    await screen.findByText(/Your recovery code is used up/);
  });
});

describe("Sign in in a window", () => {
  async function opened() {
    const app = await openApp({ index: "pypi", username: null });
    await type("sign-in-username", "alice");
    await type("sign-in-password", "half-typed");
    theId("sign-in-window").focus();
    await press(/^Sign in on PyPI’s own page/);
    await screen.findByText("The window is open");
    return app;
  }

  it("brings the form back as it was when the window is closed", async () => {
    const { fake } = await opened();
    expect(fake.called("sign_in_in_window")).toEqual([{ username: "alice" }]);
    expect(theId("sign-in-password").closest("[hidden]")).not.toBeNull();
    await waitFor(() => expect(document.activeElement?.id).toBe("close-window"));
    await press("Cancel and close the window");
    await waitFor(() => expect(byId("close-window")).toBeNull());
    expect(valueOf("sign-in-username")).toBe("alice");
    expect(valueOf("sign-in-password")).toBe("half-typed");
    expect(screen.queryByRole("alert")?.textContent.trim()).toBe("");
    await waitFor(() => expect(document.activeElement?.id).toBe("sign-in-window"));
  });

  it("is over by itself once there is a session", async () => {
    const { fake, desk } = await opened();
    await fake.call("sign_in_demo_account");
    fake.endWindow({ step: "signed_in", app: await fake.call("get_app"), messages: ["Hello"] });
    await isInside();
    await waitFor(() => expect(desk.signIn.inWindow).toBe(false));
    expect(theId("said").textContent).toContain("Hello");
  });

  it("says why it failed, over the form", async () => {
    const message = "The index signed in “mallory”, who is not the user you typed.";
    await openApp({ username: null }, (fake) =>
      fake.fail("sign_in_in_window", { code: "someone_else", message }),
    );
    await press(/own page in a window/);
    await screen.findByText(message);
    await screen.findByText("Somebody else was signed in");
    await waitFor(() => expect(byId("close-window")).toBeNull());
  });

  it("is the next step where something else answers in the index's place", async () => {
    const { fake } = await openApp({}, (fake) => (fake.connection = { state: "not_the_index" }));
    await press("Sign in in a window");
    await screen.findByText("The window is open");
    expect(fake.called("sign_in_in_window"), "whose session it is").toEqual([{ username: "demo" }]);
  });

  it("is the next step of the error, too", async () => {
    await openApp({ username: null }, (fake) =>
      fake.fail("sign_in", { code: "not_the_index", message: "A check is in the way." }),
    );
    await type("sign-in-username", "demo");
    await type("sign-in-password", DEMO_ACCOUNT.password);
    await press("Continue");
    await screen.findByText("A check is in the way.");
    await press("Sign in in a window");
    await screen.findByText("The window is open");
  });
});

describe("What the index says once", () => {
  it("stands after the sign-in until it is dismissed", async () => {
    const { desk } = await signIn("terms-of-service");
    await giveCode();
    await isInside();
    expect(theId("said").textContent).toContain("Demo index says");
    expect(theId("said").textContent).toContain("updated Terms of Service");
    desk.go({ screen: "changes" });
    await waitFor(() => expect(theId("said").textContent).toContain("Terms of Service"));
    await press("Dismiss", theId("said"));
    expect(theId("said").textContent.trim()).toBe("");
  });

  it("is nothing where it said nothing", async () => {
    await signIn("no-two-factor");
    await isInside();
    expect(theId("said").textContent.trim()).toBe("");
  });
});

describe("A refused password", () => {
  it("leads to the index's pages, where a disabled one is reset", async () => {
    const { fake } = await openApp({ username: null });
    expect(screen.queryByText(/Reset it there/)).toBeNull();
    await type("sign-in-username", "compromised-password");
    await type("sign-in-password", DEMO_ACCOUNT.password);
    await press("Continue");
    await screen.findByText(/appears in a security breach/);
    await press(/Reset it there/);
    const target = { kind: "account", page: "reset_password" };
    expect(fake.called("open_link")).toEqual([{ target }]);
  });
});

describe("An account that is not in order", () => {
  it.each([
    ["second_factor", "two_factor"],
    ["verified_email", "account"],
  ] as const)("is led to the page where it lacks %s", async (need, page) => {
    const message = "Do that on its account page.";
    const { fake } = await openApp({}, (fake) =>
      fake.fail("refresh_projects", { code: "account_not_ready", message, need }),
    );
    await press(/^Refresh/);
    await screen.findByText("Your account is not ready for this");
    await press("Open the account page");
    expect(fake.called("open_link")).toEqual([{ target: { kind: "account", page } }]);
  });
});

describe("The demo card", () => {
  it("names the other accounts, and a press takes one's name", async () => {
    await openApp({ username: null });
    await screen.findByText("Other demo accounts");
    expect(theId("demo-others").textContent).toContain("its only second factor is a security key");
    await press("new-device");
    expect(valueOf("sign-in-username")).toBe("new-device");
    await waitFor(() => expect(document.activeElement?.id).toBe("sign-in-password"));
  });

  it("shows the recovery codes, and a mailbox only once it has a link", async () => {
    await openApp({ username: null });
    await screen.findByText("Recovery codes");
    for (const code of RECOVERY_CODES)
      expect(theId("demo-recovery-codes").textContent).toContain(code);
    expect(byId("demo-mailed-link")).toBeNull();
  });
});
