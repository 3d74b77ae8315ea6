// Times in words, in the person's own format and time zone.
import { messages } from "../messages/en";

const time = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const date = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const MINUTE = 60_000;

export const clockTime = (ms: number) => time.format(ms);
export const calendarDate = (ms: number) => date.format(ms);

/** "2 minutes ago", "today at 17:40", "yesterday at 17:40", "on 3 Oct 2026 at 17:40" */
export function ago(ms: number, now: number): string {
  const minutes = Math.floor((now - ms) / MINUTE);
  if (minutes < 1) return messages.time.now;
  if (minutes < 60) return messages.time.minutes(minutes);
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (calendarDate(ms) === calendarDate(now)) return messages.time.today(clockTime(ms));
  if (calendarDate(ms) === calendarDate(yesterday.getTime()))
    return messages.time.yesterday(clockTime(ms));
  return messages.time.at(calendarDate(ms), clockTime(ms));
}

/** When a wait ends: "at 17:40", "tomorrow at 17:40", "on 3 Oct 2026 at 17:40" */
export function whenOver(ms: number, now: number): string {
  const tomorrow = new Date(now);
  tomorrow.setDate(tomorrow.getDate() + 1);
  const day = calendarDate(ms);
  if (day === calendarDate(now)) return messages.time.clock(clockTime(ms));
  if (day === calendarDate(tomorrow.getTime())) return messages.time.tomorrow(clockTime(ms));
  return messages.time.at(day, clockTime(ms));
}

/** "4:59" */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
