// The words about several accounts, and about the keyring that keeps their sessions. They are a part of `en.ts`.
import { plural } from "./plural";

export const ofAccounts = {
  accounts: {
    switcher: "Accounts",
    change: "Change account",
    of: (username: string, index: string) => `${username} on ${index}`,
    on: (index: string, host: string) => (index === host ? host : `${index} · ${host}`),
    on_screen: "On screen",
    never_read: "Nothing read yet",
    read: (when: string) => `Read ${when}`,
    changes: (count: number) => plural(count, "open change", "open changes"),
    drafts: (count: number) => plural(count, "draft", "drafts"),
    use: "Switch",
    add: "Add an account…",
    sign_in: "Sign in",
    sign_out: "Sign out",
    forget: "Forget…",
    reading: "Reading the accounts…",
    remembers_device: (index: string) =>
      `${index} remembers this device: the password alone signs in here. Signing out deletes that.`,
    known: "Or go on with an account that is known here",
  },
  forget_account: {
    title: (username: string, index: string) => `Forget ${username} on ${index}?`,
    session: (index: string) =>
      `Its session is ended on ${index} if that can be reached, and deleted here together with the remembered device.`,
    with_data: "Also what is kept of it here",
    with_data_text: (drafts: string, changes: string) =>
      `${drafts}, ${changes} and the lists that were read. They cannot be brought back.`,
    drafts: (count: number) => plural(count, "draft", "drafts"),
    changes: (count: number) =>
      plural(count, "change that is not done yet", "changes that are not done yet"),
    index: "Nothing on the index changes.",
    confirm: "Forget",
    under_way: "Forgetting…",
    failed: "The account was not forgotten",
  },
  keyring: {
    waiting: "Waiting for your keyring",
    waiting_text:
      "It may be asking for its password in a window of its own. Everything that is stored here can be looked at meanwhile.",
    locked: "Your keyring is locked",
    locked_text:
      "A session that lies in it cannot be used now, and a new one stays in memory until Trustdesk is closed. Unlock the keyring and try again; no restart is needed.",
    left_behind: "A session may still lie in your keyring",
    left_behind_text:
      "The keyring did not answer when the session was to be deleted. The session was ended on the index if it could be reached. Unlock the keyring, and it is deleted at the next chance.",
    memory: {
      ready: "Signed in for this run only: no keyring",
      missing: "Signed in for this run only: no keyring",
      locked: "Signed in for this run only: the keyring is locked",
      waiting: "Signed in for this run only: the keyring has not answered yet",
    },
    session_memory: {
      ready: "no keyring could be used",
      missing: "no keyring could be used",
      locked: "the keyring is locked",
      waiting: "the keyring has not answered yet",
    },
  },
};
