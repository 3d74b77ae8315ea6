// Which index, who is signed in, and what belongs to the whole app.
import type { AppView } from "../bindings";
import type { Fake } from "./fake";
import type { Handlers } from "./handlers";
import { chosenIndex } from "./indexes";

export function accountHandlers(fake: Fake) {
  return {
    get_app: () => appView(fake),
    choose_index: ({ index }) => {
      fake.index = chosenIndex(index);
      fake.wrongAddress = null;
      const { key } = fake.index;
      const last = fake.accounts.findLast((known) => known.index.key === key);
      fake.enter(fake.index, last?.username ?? null);
      return appView(fake);
    },
    leave_index: () => {
      fake.leave();
      return appView(fake);
    },
    sign_out: () => {
      fake.remembersDevice = false;
      fake.connection = { state: "signed_out" };
      return appView(fake);
    },
    refresh_connection: () => appView(fake),
    set_theme: ({ theme }) => {
      fake.theme = theme;
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
    wrong_address: fake.wrongAddress,
    proxy: fake.proxy,
    username: fake.username,
    connection: fake.connection,
    confirmed_until_ms: fake.confirmedUntil,
    session_ends_ms: fake.sessionEnds,
    remembers_device: fake.remembersDevice,
    last_read_ms: fake.readAt,
    project_count: fake.readAt === null ? null : fake.projects.length,
    change_count: fake.changes.filter(({ state }) => state !== "done").length,
    session_kept: keptIn(fake),
    keyring: fake.keyring,
    theme: fake.theme,
    forgets_session: fake.forgetsSession,
    data_folder: "/home/demo/.local/share/trustdesk",
    recovery: fake.recovery,
    data_exposure: fake.dataExposure,
    is_read_only: fake.isReadOnly,
    data_place: fake.dataPlace,
  };
}

function keptIn(fake: Fake): AppView["session_kept"] {
  if (!fake.username || fake.connection.state === "signed_out") return null;
  return fake.forgetsSession === false ? fake.sessionKept : "this_run";
}
