import { describe, expect, it } from "vitest";
import type { ChangeView } from "../ipc/bindings";
import { Fake } from "../ipc/fake";
import { publisherView } from "../ipc/fake/publishers";
import { isAskedWith, otherHalf, together } from "./replacement";

const CONFLICT = { base: [], added: ["theirs"], removed: [] };

function changes(over: Partial<ChangeView> = {}) {
  const fake = new Fake();
  const publisher = publisherView("github", "", {});
  const plain = fake.addChange("demo", "add", publisher);
  const add = fake.addChange("demo", "add", publisher, over);
  const removal = fake.addChange("demo", "remove", publisher, { after: add.id, ...over });
  return { plain, add, removal };
}

describe("a replacement", () => {
  it("is told of together, at the place of its add", () => {
    const { plain, add, removal } = changes();
    expect(together([removal, add, plain])).toEqual([
      { change: add, removal },
      { change: plain, removal: null },
    ]);
  });

  it("whose add is done and gone leaves a removal that is told of like any other", () => {
    const { removal } = changes();
    expect(together([removal])).toEqual([{ change: removal, removal: null }]);
    expect(otherHalf(removal, [removal])).toBeNull();
  });

  it("is found from either side, and a plain change has no other", () => {
    const { plain, add, removal } = changes();
    const all = [plain, add, removal];
    expect([otherHalf(add, all), otherHalf(removal, all)]).toEqual([removal, add]);
    expect(otherHalf(plain, all)).toBeNull();
  });

  it("asks one question: at its add, as long as that asks", () => {
    const { add, removal } = changes({ state: "needs_you", conflict: CONFLICT });
    expect(isAskedWith(removal, add)).toBe(true);
    expect(isAskedWith(add, removal)).toBe(false);
    expect(isAskedWith(removal, { ...add, conflict: null }), "then it asks for itself").toBe(false);
    expect(isAskedWith(removal, null)).toBe(false);
  });
});
