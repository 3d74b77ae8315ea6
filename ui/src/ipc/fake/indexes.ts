// The indexes that the fake knows, and the account of its demo index.
import type { IndexChoice, IndexView } from "../bindings";
import { thrown } from "./handlers";

export const DEMO_ACCOUNT = { username: "demo", password: "demo-password", code: "314159" };

export const INDEXES = {
  pypi: index("pypi", "PyPI", "pypi.org", false),
  testpypi: index("testpypi", "TestPyPI", "test.pypi.org", false),
  demo: index("demo", "Demo index", "127.0.0.1:42173", true),
};

export function chosenIndex(choice: IndexChoice): IndexView {
  if (choice.kind !== "other") return INDEXES[choice.kind];
  if (!choice.url.startsWith("https://"))
    throw thrown({
      code: "invalid_index",
      message:
        "Only https addresses can be used; http only for an index on this computer (127.0.0.1).",
    });
  const host = new URL(choice.url).host;
  return index(choice.url, host, host, false);
}

function index(key: string, name: string, host: string, is_demo: boolean): IndexView {
  return { key, name, host, origin: `${is_demo ? "http" : "https"}://${host}`, is_demo };
}
