// The one table from an error's code to how grave it is, its words and what a person can do about it.
import { messages } from "../messages/en";
import type { IpcError } from "./bindings";

export type ErrorCode = IpcError["code"];
export type Severity = "info" | "warning" | "error";
/** What the button beside the words does; null where only the words help. */
export type Remedy =
  | "sign_in"
  | "confirm_password"
  | "try_again"
  | "open_index"
  | "open_account"
  | "sign_in_in_window"
  | "review"
  | null;

interface ErrorEntry {
  severity: Severity;
  title: string;
  remedy: Remedy;
}

export const errors: Record<ErrorCode, ErrorEntry> = {
  invalid_index: { severity: "error", title: messages.errors.invalid_index, remedy: null },
  signed_out: { severity: "warning", title: messages.errors.signed_out, remedy: "sign_in" },
  confirm_password: {
    severity: "warning",
    title: messages.errors.confirm_password,
    remedy: "confirm_password",
  },
  offline: { severity: "info", title: messages.errors.offline, remedy: "try_again" },
  index_down: { severity: "warning", title: messages.errors.index_down, remedy: "try_again" },
  not_the_index: {
    severity: "error",
    title: messages.errors.not_the_index,
    remedy: "sign_in_in_window",
  },
  page_not_understood: {
    severity: "error",
    title: messages.errors.page_not_understood,
    remedy: "open_index",
  },
  outcome_unknown: {
    severity: "warning",
    title: messages.errors.outcome_unknown,
    remedy: "open_index",
  },
  index_read_only: {
    severity: "warning",
    title: messages.errors.index_read_only,
    remedy: "try_again",
  },
  publishing_disabled: {
    severity: "warning",
    title: messages.errors.publishing_disabled,
    remedy: "try_again",
  },
  waiting_for_quota: { severity: "info", title: messages.errors.waiting_for_quota, remedy: null },
  forbidden: { severity: "error", title: messages.errors.forbidden, remedy: "open_index" },
  account_not_ready: {
    severity: "warning",
    title: messages.errors.account_not_ready,
    remedy: "open_account",
  },
  too_many: { severity: "warning", title: messages.errors.too_many, remedy: null },
  someone_else: { severity: "error", title: messages.errors.someone_else, remedy: null },
  not_found: { severity: "error", title: messages.errors.not_found, remedy: "open_index" },
  database: { severity: "error", title: messages.errors.database, remedy: null },
  not_saved: { severity: "error", title: messages.errors.not_saved, remedy: "try_again" },
  disk_full: { severity: "error", title: messages.errors.disk_full, remedy: "try_again" },
  read_only: { severity: "error", title: messages.errors.read_only, remedy: null },
  busy: { severity: "info", title: messages.errors.busy, remedy: "try_again" },
  changed_since_review: {
    severity: "warning",
    title: messages.errors.changed_since_review,
    remedy: "review",
  },
  bug: { severity: "error", title: messages.errors.bug, remedy: "try_again" },
};

/** A rejected call as an IpcError. Anything else that can be thrown is a bug and is shown as one. */
export function asIpcError(thrown: unknown): IpcError {
  if (typeof thrown === "object" && thrown !== null && "code" in thrown) {
    const code = (thrown as { code: unknown }).code;
    if (typeof code === "string" && code in errors) return thrown as IpcError;
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: "bug", message };
}
