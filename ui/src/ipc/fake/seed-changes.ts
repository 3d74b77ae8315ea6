// One change in every state.
import type { Fake } from "./fake";
import { publisherView } from "./publishers";

export function seedChanges(fake: Fake): void {
  const at = (repository: string, environment = "pypi", owner = "octo-org") =>
    publisherView("github", "", {
      owner,
      repository,
      workflow_filename: "release.yml",
      environment,
    });
  fake.addChange("octo-cli", "add", at("octo-cli"), { state: "checking" });
  fake.addChange("octo-http", "add", at("octo-http", "", "octo-orgg"), {
    state: "rejected",
    reasons: ["Unknown GitHub user or organization."],
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
