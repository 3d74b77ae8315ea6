// The indexes that the fake knows, and the account of its demo index.
import type { DemoUserView, IndexChoice, IndexView } from "../bindings";
import { thrown } from "./handlers";

export const DEMO_ACCOUNT = { username: "demo", password: "demo-password", code: "314159" };

/** Those of `demo-index/src/users.rs` that sign in each in a way of its own. */
export const DEMO_USERS: DemoUserView[] = [
  ["no-recovery-codes", "signs in with an authenticator code and nothing else"],
  ["security-key", "its only second factor is a security key"],
  ["security-key-and-totp", "has a security key and an authenticator"],
  ["new-device", "has never signed in from this computer: the link is mailed"],
  ["no-two-factor", "signs in with its password, and may manage nothing"],
  ["unverified", "has verified no e-mail address, nor a second factor"],
  ["frozen", "signs in, and is thrown out at its next step"],
  ["compromised-password", "its password was breached and is disabled once it is given"],
  ["terms-of-service", "is told of new terms of service whenever it signs in"],
].map(([username = "", purpose = ""]) => ({ username, purpose }));

export const RECOVERY_CODES = ["decafbad00000001", "decafbad00000002", "decafbad00000003"];

export const INDEXES = {
  pypi: index("pypi", "PyPI", "pypi.org", false),
  testpypi: index("testpypi", "TestPyPI", "test.pypi.org", false),
  demo: index("demo", "Demo index", "127.0.0.1:42173", true),
};

export const MAILED_LINK = `${INDEXES.demo.origin}/account/confirm-login/?token=0123456789abcdef`;

export function chosenIndex(choice: IndexChoice): IndexView {
  if (choice.kind !== "other") return INDEXES[choice.kind];
  if (!choice.url.startsWith("https://"))
    throw thrown({
      code: "invalid_index",
      message:
        "Only https addresses can be used; http only for an index on this computer (127.0.0.1).",
    });
  const host = new URL(choice.url).host;
  return index(choice.url, host, host, false);
}

function index(key: string, name: string, host: string, is_demo: boolean): IndexView {
  return { key, name, host, origin: `${is_demo ? "http" : "https"}://${host}`, is_demo };
}
