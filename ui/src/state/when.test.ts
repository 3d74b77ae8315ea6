import { describe, expect, it } from "vitest";
import { ago, calendarDate, clockTime, countdown, whenOver } from "./when";

const at = (day: number, hour: number, minute = 0) =>
  new Date(2026, 10, day, hour, minute).getTime();

describe("times in words", () => {
  const now = at(22, 14, 5);

  it("are relative within the hour", () => {
    expect(ago(now - 20_000, now)).toBe("just now");
    expect(ago(now - 60_000, now)).toBe("1 minute ago");
    expect(ago(now - 59 * 60_000, now)).toBe("59 minutes ago");
  });

  it("name the day after that, by the calendar and not by 24 hours", () => {
    expect(ago(at(22, 0, 1), now)).toBe(`today at ${clockTime(at(22, 0, 1))}`);
    expect(ago(at(21, 23, 59), now)).toBe(`yesterday at ${clockTime(at(21, 23, 59))}`);
    expect(ago(at(3, 9), now)).toBe(`on ${calendarDate(at(3, 9))} at ${clockTime(at(3, 9))}`);
  });
});

describe("the end of a wait", () => {
  it("names the day unless it is today's", () => {
    const now = at(22, 14, 5);
    const later = at(22, 23, 59);
    expect(whenOver(later, now)).toBe(`at ${clockTime(later)}`);
    const tomorrow = at(23, 14, 5);
    expect(whenOver(tomorrow, now)).toBe(`tomorrow at ${clockTime(tomorrow)}`);
    const midnight = at(23, 0, 1);
    expect(whenOver(midnight, at(22, 23, 59))).toBe(`tomorrow at ${clockTime(midnight)}`);
    const after = at(24, 9);
    expect(whenOver(after, now)).toBe(`on ${calendarDate(after)} at ${clockTime(after)}`);
  });
});

describe("a countdown", () => {
  it("is in minutes and seconds, and never says that it is over before it is", () => {
    expect(countdown(299_001)).toBe("5:00");
    expect(countdown(61_000)).toBe("1:01");
    expect(countdown(1)).toBe("0:01");
    expect(countdown(-5)).toBe("0:00");
  });
});
