// One change in every state, a replacement, and changes of which others have taken the ground.
import type { HeldBackView } from "../bindings";
import type { Fake } from "./fake";
import { noteOthers } from "./meanwhile";
import { publisherView } from "./publishers";

const at = (repository: string, environment = "pypi", owner = "octo-org", id = "") =>
  publisherView("github", id, { owner, repository, workflow_filename: "release.yml", environment });

export function seedChanges(fake: Fake): void {
  fake.addChange("octo-cli", "add", at("octo-cli"), { state: "checking" });
  fake.addChange("octo-http", "add", at("octo-http", "", "octo-orgg"), {
    state: "rejected",
    field_errors: { owner: ["Unknown GitHub user or organization."] },
  });
  fake.addChange("sampleproject", "add", at("sampleproject-docs"), {
    state: "needs_you",
    reasons: ["The index answered, but does not list this publisher."],
  });
  fake.addChange("sampleproject", "add", at("sampleproject"));
  const [listed] = fake.publishers["sampleproject"]?.slice(1) ?? [];
  if (listed) fake.addChange("sampleproject", "remove", listed);
}

/** What waits and would not be sent now, for each reason that has words of its own. */
export function seedHeldBack(fake: Fake): void {
  const until_ms = Date.now() + 26 * 3_600_000;
  const held = (repository: string, held_back: HeldBackView) =>
    fake.addChange("octo-parsers", "add", at(repository), { held_back });
  held("octo-limit", { reason: "limit", until_ms });
  held("octo-again", { reason: "sent_before", until_ms: Date.now() + 60_000 });
  held("octo-off", { reason: "provider_off", provider: "GitHub" });
  held("octo-twice", { reason: "asked_already", change: "c1" });
}

/** The second publisher of sampleproject is to get an environment. */
export function seedReplacement(fake: Fake): void {
  const [old] = fake.publishers["sampleproject"]?.slice(1) ?? [];
  if (!old) return;
  const fields = { ...old.fields, environment: "pypi" };
  const { id } = fake.addChange("sampleproject", "add", publisherView("github", "", fields));
  fake.addChange("sampleproject", "remove", old, { after: id });
}

/** Somebody else has added a publisher to octo-http and removed another, and the list was read again. */
export function seedConflict(fake: Fake): void {
  fake.addChange("octo-http", "add", at("octo-http-next"));
  fake.publishers["octo-http"] = [at("octo-http", "release", "octo-org", "0193-others")];
  noteOthers(fake, "octo-http");
}
