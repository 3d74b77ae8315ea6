// More accounts than the one on screen: on the same index, and on another.
import type { Fake } from "./fake";
import { INDEXES } from "./indexes";
import { NOW } from "./seed";

export function seedAccounts(fake: Fake, more = 0): void {
  fake.know(INDEXES.demo, "no-two-factor");
  const alice = fake.know(INDEXES.pypi, "alice");
  alice.kept.readAt = NOW - 3_600_000;
  alice.kept.drafts = [];
  fake.know(INDEXES.testpypi, "alice");
  for (let at = 1; at <= more; at += 1) fake.know(INDEXES.testpypi, `robot-${at}`);
}
