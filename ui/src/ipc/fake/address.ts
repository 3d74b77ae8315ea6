// `?index=pypi&signed=0&offline=1&…` in the address bar of a browser.
import type { Connection, Keyring, Provider } from "../bindings";
import { Fake } from "./fake";
import { seedAccounts } from "./seed-accounts";
import { seedChanges, seedConflict, seedHeldBack, seedReplacement } from "./seed-changes";
import { seedDrafts } from "./seed-drafts";

export function fakeFromAddress(search: string): Fake {
  const query = new URLSearchParams(search);
  const index = query.get("index");
  const fake = new Fake({
    index: index === "none" ? null : index === "pypi" ? "pypi" : "demo",
    username: query.get("signed") === "0" ? null : "demo",
    read: query.get("read") !== "0",
    delay: Number(query.get("delay") ?? 40),
    sessionKept: query.get("memory") ? "memory" : "keyring",
    theme: query.get("theme") === "dark" ? "dark" : "system",
    ...(query.get("projects") === "0" ? { projects: [] } : {}),
  });
  if (query.get("offline")) fake.connection = { state: "offline" };
  fake.switchedOff = (query.get("off")?.split(",") ?? []) as Provider[];
  if (query.get("instances")) fake.gitlabInstances.push("https://gitlab.octo-org.example");
  fake.pace = Number(query.get("pace") ?? 600);
  if (query.get("drafts")) seedDrafts(fake);
  const fail = query.get("fail");
  if (fail === "database")
    fake.fail("get_app", {
      code: "database",
      message: "The file is not a database, or a newer Trustdesk has written it.",
      path: "/home/demo/.local/share/trustdesk/trustdesk.sqlite3",
    });
  if (fail === "draft")
    fake.fail("save_draft", { code: "bug", message: "The disk is full. Nothing was saved." });
  if (query.get("unreadable")) fake.unreadable.set("octo-http", "You may not see this page.");
  // The network comes back by itself, but nobody has noticed yet.
  if (query.get("offline") === "back")
    setTimeout(() => (fake.connection = { state: "online" }), 600);
  if (fail === "password")
    fake.fail("refresh_publishing", {
      code: "confirm_password",
      message: "The index asks for your password again.",
    });
  if (query.get("changes")) seedChanges(fake);
  if (query.get("replace")) seedReplacement(fake);
  if (query.get("conflict")) seedConflict(fake);
  if (query.get("held")) seedHeldBack(fake);
  if (query.get("readonly")) fake.isReadOnly = true;
  if (query.get("accounts")) seedAccounts(fake, Number(query.get("accounts")) - 1);
  if (query.get("state")) fake.connection = { state: query.get("state") } as Connection;
  const keyring = query.get("keyring") as Keyring["state"] | null;
  if (keyring) fake.keyring = { state: keyring, left_behind: query.has("left") };
  if (query.get("confirmed")) fake.confirmedUntil = Date.now() + 1_200_000;
  fake.remembersDevice = query.has("remembered");
  fake.wrongPasswords = Number(query.get("wrong") ?? 0);
  return fake;
}
