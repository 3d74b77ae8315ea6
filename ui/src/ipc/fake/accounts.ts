// Several accounts: each has its own lists, drafts and changes, which go off the screen with it.
import type { AccountView, ChangeView, DraftView, IndexView } from "../bindings";
import { appView } from "./account";
import type { Fake } from "./fake";
import { type Handlers, thrown } from "./handlers";

/** What is kept of an account. */
interface Kept {
  drafts: DraftView[];
  changes: ChangeView[];
  readAt: number | null;
  publishingReadAt: Record<string, number>;
}

export interface FakeAccount {
  id: number;
  username: string;
  index: IndexView;
  kept: Kept;
}

export const nothingKept = (): Kept => {
  return { drafts: [], changes: [], readAt: null, publishingReadAt: {} };
};

export const keptOf = ({ drafts, changes, readAt, publishingReadAt }: Fake): Kept => {
  return { drafts, changes, readAt, publishingReadAt };
};

export function accountsHandlers(fake: Fake) {
  const known = (id: number) => {
    const account = fake.accounts.find((each) => each.id === id);
    if (!account) throw thrown({ code: "not_found", message: "No such account" });
    return account;
  };
  return {
    list_accounts: () => ({ accounts: fake.accounts.map((each) => accountView(fake, each)) }),
    use_account: ({ id }) => {
      const { index, username } = known(id);
      fake.enter(index, username);
      fake.connection = { state: "online" };
      return appView(fake);
    },
    forget_account: ({ id, with_data }) => {
      const account = known(id);
      const isOnScreen = account === fake.onScreen();
      if (isOnScreen) fake.connection = { state: "signed_out" };
      if (with_data) {
        fake.accounts = fake.accounts.filter((each) => each !== account);
        if (isOnScreen) {
          fake.username = null;
          Object.assign(fake, nothingKept());
        }
      }
      return appView(fake);
    },
  } satisfies Partial<Handlers>;
}

function accountView(fake: Fake, account: FakeAccount): AccountView {
  const { id, username, index } = account;
  const on_screen = account === fake.onScreen();
  const { drafts, changes, readAt } = on_screen ? keptOf(fake) : account.kept;
  return {
    id,
    username,
    index,
    on_screen,
    last_read_ms: readAt,
    open_changes: changes.filter(({ state }) => state !== "done").length,
    drafts: drafts.length,
  };
}
