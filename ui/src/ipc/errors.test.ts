import { describe, expect, it } from "vitest";
import { messages } from "../messages/en";
import bindings from "./bindings.ts?raw";
import { asIpcError, errors } from "./errors";

describe("the errors table", () => {
  it("covers every code of the contract and no other", () => {
    const type = bindings.slice(bindings.indexOf("export type IpcError"));
    const codes = [...type.matchAll(/"?code"?:\s*"(\w+)"/g)].map((match) => match[1]);
    expect(codes.length, "the contract names its codes").toBeGreaterThan(5);
    expect(Object.keys(errors).sort()).toEqual([...new Set(codes)].sort());
  });

  it("has words for every title and every remedy", () => {
    for (const [code, { title, remedy }] of Object.entries(errors)) {
      expect(title, code).not.toBe("");
      if (remedy) expect(messages.remedies[remedy], code).not.toBe("");
    }
  });

  it("shows anything that is no IpcError as a bug, with its own words", () => {
    expect(asIpcError("command get_app not allowed")).toEqual({
      code: "bug",
      message: "command get_app not allowed",
    });
    expect(asIpcError({ code: "made_up", message: "x" }).code).toBe("bug");
    expect(asIpcError({ code: "offline", message: "x" }).code).toBe("offline");
  });
});
