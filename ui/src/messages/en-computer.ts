// The words about this computer: the settings, and what is kept here. They are a part of `en.ts`.
import { plural } from "./plural";

export const ofThisComputer = {
  settings: {
    title: "Settings",
    theme: "Theme",
    theme_text: "How Trustdesk looks on this computer.",
    system: "System",
    light: "Light",
    dark: "Dark",
    account: "Accounts and index",
    account_text:
      "Signing out ends the session on the index too. What was read stays here and can be looked at without a network.",
    other: "Choose another index",
    other_text: "Nothing is deleted: you can come back to this one.",
    storage: "Where things lie",
    folder: "Data folder",
    folder_text:
      "Projects, publishers, drafts and changes, in one SQLite file. No password and no session.",
    open: "Open folder",
    export: "Export",
    delete: "Delete…",
    delete_log: "Delete",
    of_data: "of the data",
    of_logs: "of the logs",
    exported: "Exported to",
    log_deleted: "The logs are deleted.",
    export_text:
      "An export is one file in your Downloads folder with everything but sessions, which are in no file.",
    logs: "Logs",
    logs_text:
      "A week of them, in the folder logs: which of the index’s pages were asked for, and which change moved where. No password, code or cookie.",
    forgets_session: "Forget the session when I quit",
    forgets_session_text:
      "It is then kept in memory and never in the keyring: you sign in each time you start Trustdesk.",
    forgets_session_unknown:
      "What you chose earlier cannot be read, so sessions are kept in memory only. Nothing was deleted. Choose again.",
    session: "Session",
    session_this_run:
      "In memory only, as you have chosen. It is forgotten when Trustdesk is closed. Your password is never kept.",
    session_keyring: "In this computer’s keyring. Your password is never kept.",
    session_memory: (why: string) =>
      `Signed in for this run only: ${why}, so the session is in memory and ends when Trustdesk is closed.`,
    session_none: "None: you are not signed in.",
    version: "Version",
    reset: "Reset the demo index…",
    reset_text: "Its projects and publishers become what they were at first.",
  },
  delete_data: {
    title: "Delete everything that is kept here?",
    lost: "This is lost:",
    counting: "Counting what is kept here…",
    accounts: (count: number) =>
      plural(count, "account and its session", "accounts and their sessions"),
    projects: (count: number) => `what was read of ${plural(count, "project", "projects")}`,
    drafts: (count: number) => plural(count, "draft", "drafts"),
    changes: (count: number) =>
      `${plural(count, "change that is", "changes that are")} not done yet`,
    index: "Nothing on any index changes: what is listed there stays listed.",
    after: "Trustdesk then begins as at its first start. Exported files stay where they are.",
    confirm: "Delete everything",
    deleting: "Deleting…",
    failed: "Nothing was deleted",
  },
  reset_demo: {
    title: "Reset the demo index?",
    text: "Its projects, publishers and accounts become what they were at first. What is kept here of it goes as well: drafts, changes and the session. You then sign in to it again.",
    others: "Other indexes and what is kept of them stay as they are.",
    confirm: "Reset",
    resetting: "Resetting…",
    failed: "The demo index was not reset",
  },
  storage: {
    network: (fileSystem: string) => `Your data lies on a network drive (${fileSystem})`,
    network_text:
      "Files cannot be locked reliably there. Use Trustdesk on one computer at a time, or name a folder on this computer’s own disk by TRUSTDESK_DATA before you start it. The folder is:",
    synced: (by: string) => `Your data lies in a folder that ${by} syncs`,
    synced_text:
      "A copy of a database that is being written may be damaged, and two computers would overwrite each other. Leave the folder out of the sync, or name another one by TRUSTDESK_DATA before you start Trustdesk. The folder is:",
    exposed: {
      readable: "Other users of this computer can read the data folder",
      writable: "Other users of this computer can write to the data folder",
    },
    exposed_text:
      "You named this folder, so Trustdesk leaves its mode as it is. Close it to others, for example with chmod 700:",
    mended: "The database was damaged and has been made anew",
    mended_text: (drafts: string, changes: string) =>
      `${drafts} and ${changes} were carried over; the rest is read from the index again. The damaged files are kept:`,
    drafts: (count: number) => plural(count, "draft", "drafts"),
    changes: (count: number) => plural(count, "change", "changes"),
    unreadable: (count: number) =>
      `${plural(count, "entry", "entries")} could not be read any more.`,
    altered: (what: string) =>
      `It held what Trustdesk never puts there, and nothing of that was kept: ${what}. Another program has written to it.`,
    dismiss: "All right",
    read_only: "The data folder cannot be written",
    read_only_text:
      "What was read before can be looked at, but nothing can be saved. Make this folder and its files writable, then start Trustdesk again:",
  },
  database: {
    title: "The database cannot be opened",
    file: "File",
    kept: "The file is kept as it is. Trustdesk has not changed or overwritten it.",
    todo: "What you can do",
    steps: [
      "Close other programs that may use the file, another Trustdesk included, and try again.",
      "If the disk is full or read-only, make room or change that, and try again.",
      "If the file belongs to a newer Trustdesk, use that one. If it is not Trustdesk’s at all, move it to another place.",
    ],
    again: "Try again",
  },
};
