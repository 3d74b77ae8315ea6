// Which index, who is signed in, and what belongs to the whole app.
import type { AppView } from "../bindings";
import type { Fake } from "./fake";
import type { Handlers } from "./handlers";
import { chosenIndex, DEMO_ACCOUNT } from "./indexes";

export function accountHandlers(fake: Fake) {
  return {
    get_app: () => appView(fake),
    choose_index: ({ index }) => {
      fake.index = chosenIndex(index);
      return appView(fake);
    },
    leave_index: () => {
      fake.index = null;
      return appView(fake);
    },
    get_demo_account: () => ({ ...DEMO_ACCOUNT, code_valid_until_ms: Date.now() + 21_000 }),
    sign_in: ({ username, password }) => {
      if (username !== DEMO_ACCOUNT.username)
        return refused("username", "No user found with that username");
      if (password !== DEMO_ACCOUNT.password)
        return refused("password", "The password is invalid. Try again.");
      return { step: "code" };
    },
    sign_in_with_code: ({ code }) =>
      code === DEMO_ACCOUNT.code ? signedIn(fake) : refused("code", "Invalid TOTP code."),
    sign_in_demo_account: () => signedIn(fake),
    cancel_sign_in: () => null,
    sign_out: () => {
      fake.username = null;
      fake.connection = { state: "signed_out" };
      return appView(fake);
    },
    confirm_password: ({ password }) =>
      password === DEMO_ACCOUNT.password
        ? { outcome: "confirmed" }
        : { outcome: "wrong_password", message: "The password is invalid. Try again." },
    refresh_connection: () => appView(fake),
    set_theme: ({ theme }) => {
      fake.theme = theme;
      return null;
    },
    set_sends_by_itself: ({ on }) => {
      fake.sendsByItself = on;
      return null;
    },
    set_forgets_session: ({ on }) => {
      fake.forgetsSession = on;
      return null;
    },
    open_folder: () => null,
    open_link: () => null,
  } satisfies Partial<Handlers>;
}

export function appView(fake: Fake): AppView {
  return {
    version: "0.1.0",
    index: fake.index,
    username: fake.username,
    connection: fake.connection,
    last_read_ms: fake.readAt,
    project_count: fake.readAt === null ? null : fake.projects.length,
    change_count: fake.changes.filter(({ state }) => state !== "done").length,
    session_kept: !fake.username ? null : fake.forgetsSession ? "this_run" : fake.sessionKept,
    theme: fake.theme,
    sends_by_itself: fake.sendsByItself,
    forgets_session: fake.forgetsSession,
    data_folder: "/home/demo/.local/share/trustdesk",
    recovery: fake.recovery,
    is_read_only: fake.isReadOnly,
  };
}

function signedIn(fake: Fake) {
  fake.username = DEMO_ACCOUNT.username;
  fake.connection = { state: "online" };
  return { step: "signed_in" as const, app: appView(fake) };
}

function refused(field: "username" | "password" | "code", message: string) {
  return { step: "refused" as const, field, messages: [message], start_again: false };
}
