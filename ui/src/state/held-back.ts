// Why a change that waits would not be sent now, in words.
import type { ChangeView } from "../ipc/bindings";
import { messages } from "../messages/en";
import { whenOver } from "./when";

const words = messages.changes.held_back;

/** Empty: nothing is known to hold it back, or no longer. */
export function heldBackWords({ held_back }: ChangeView, index: string, now: number): string {
  if (held_back === null || ("until_ms" in held_back && held_back.until_ms <= now)) return "";
  switch (held_back.reason) {
    case "provider_off":
      return words.provider_off(held_back.provider, index);
    case "replacement_not_listed":
      return words.replacement_not_listed;
    case "asked_already":
      return words.asked_already;
    case "sent_before":
      return words.sent_before(index, whenOver(held_back.until_ms, now));
    case "limit":
      return words.limit(index, whenOver(held_back.until_ms, now));
    case "outcome_unknown":
      return words.outcome_unknown(index, whenOver(held_back.until_ms, now));
  }
}
