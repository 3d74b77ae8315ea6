// The sign-in as the demo index does it: one account in order, and one for each thing that can be the matter.
import type { SignInField, SignInView } from "../bindings";
import { appView } from "./account";
import type { Fake } from "./fake";
import { type Handlers, thrown } from "./handlers";
import { DEMO_ACCOUNT, DEMO_USERS, MAILED_LINK, RECOVERY_CODES } from "./indexes";

const SUSPENDED =
  "Your account has been suspended. Please contact security@pypi.org for assistance.";
const BREACHED =
  "This password appears in a security breach or has been compromised and cannot be used.";
export const TERMS = "Please review our updated Terms of Service.";
const RECOVERED = "Recovery code accepted. The supplied code cannot be used again.";
const CONFIRMED = "Your login has been confirmed and this device is now recognized.";

export function signInHandlers(fake: Fake) {
  return {
    get_demo_account: () => ({
      ...DEMO_ACCOUNT,
      code_valid_until_ms: Date.now() + 21_000,
      recovery_codes: RECOVERY_CODES,
      others: DEMO_USERS,
      mailed_link: fake.mailedLink,
    }),
    sign_in: ({ username, password }) => {
      const known = [DEMO_ACCOUNT, ...DEMO_USERS].some((each) => each.username === username);
      if (!known) return refused("username", "No user found with that username");
      if (password !== DEMO_ACCOUNT.password)
        return refused("password", "The password is invalid. Try again.");
      if (username === "compromised-password") return refused("password", BREACHED);
      fake.signingIn = username;
      if (username === "no-two-factor" || username === "unverified") return signedIn(fake);
      return factorsOf(username);
    },
    sign_in_with_code: ({ code, remember_device }) => {
      if (code !== DEMO_ACCOUNT.code) return refused("code", "Invalid TOTP code.");
      return proven(fake, [], remember_device);
    },
    sign_in_with_recovery_code: ({ code }) => {
      if (!RECOVERY_CODES.includes(code)) return refused("recovery_code", "Invalid recovery code.");
      if (fake.usedCodes.has(code))
        return refused("recovery_code", "Recovery code has been previously used.");
      fake.usedCodes.add(code);
      return proven(fake, [RECOVERED], false);
    },
    confirm_device: ({ link }) => {
      if (!link.startsWith(MAILED_LINK.split("?")[0] ?? "")) return refused("link");
      if (link.trim() === MAILED_LINK) return signedIn(fake, [CONFIRMED]);
      return startAgain("Expired token: please try to login again");
    },
    sign_in_demo_account: () => {
      fake.signingIn = DEMO_ACCOUNT.username;
      return signedIn(fake);
    },
    sign_in_in_window: ({ username }) => {
      fake.signingIn = username || DEMO_ACCOUNT.username;
      return new Promise<SignInView>((end) => (fake.window = end));
    },
    close_sign_in_window: () => {
      fake.endWindow({ step: "cancelled" });
      return null;
    },
    cancel_sign_in: () => {
      fake.endWindow({ step: "cancelled" });
      return null;
    },
    confirm_password: ({ password }) => {
      if (fake.wrongPasswords >= 10)
        return { outcome: "locked_out", until_ms: Date.now() + 300_000 };
      if (fake.passwordHolds) return { outcome: "already_confirmed" };
      if (password === DEMO_ACCOUNT.password) {
        if (fake.connection.state === "confirm_password") fake.connection = { state: "online" };
        return { outcome: "confirmed" };
      }
      fake.wrongPasswords += 1;
      return { outcome: "wrong_password", tries_left: 10 - fake.wrongPasswords };
    },
  } satisfies Partial<Handlers>;
}

function factorsOf(username: string): SignInView {
  const has_key = username.startsWith("security-key");
  return {
    step: "second_factor",
    code: username !== "security-key",
    recovery_code: username !== "no-recovery-codes",
    security_key: has_key,
  };
}

/** Password and second factor were right. */
function proven(fake: Fake, said: string[], remember: boolean): SignInView {
  if (fake.signingIn === "frozen") return startAgain(SUSPENDED);
  if (fake.signingIn === "new-device") {
    fake.mailedLink = MAILED_LINK;
    return { step: "confirm_device" };
  }
  fake.remembersDevice = remember;
  return signedIn(fake, fake.signingIn === "terms-of-service" ? [...said, TERMS] : said);
}

/** A session of whoever was typed. */
export function signedIn(fake: Fake, messages: string[] = []): SignInView {
  const username = fake.signingIn;
  if (!fake.index) throw thrown({ code: "signed_out", message: "Choose an index first." });
  fake.enter(fake.index, username);
  fake.connection = { state: "online" };
  return { step: "signed_in", app: appView(fake), messages };
}

function refused(field: SignInField, ...messages: string[]): SignInView {
  return { step: "refused", field, messages, start_again: false };
}

function startAgain(...messages: string[]): SignInView {
  return { step: "refused", field: null, messages, start_again: true };
}
