// What becomes of a change: sent, decided, taken back.
import type { ChangeView, PublishingView } from "../bindings";
import type { Fake } from "./fake";
import type { Handlers } from "./handlers";
import { publishingView } from "./publishing";
import { NOW } from "./seed";

export function changeHandlers(fake: Fake) {
  const drop = (id: string) => {
    fake.changes = fake.changes.filter((change) => change.id !== id);
    return null;
  };
  return {
    sync_change: ({ id }) => {
      const change = fake.changes.find((each) => each.id === id);
      return sync(fake, change?.project ?? "", change ? [change] : []);
    },
    sync_project: ({ project }) =>
      sync(
        fake,
        project,
        fake.changes.filter((change) => change.project === project),
      ),
    list_changes: () => ({ changes: fake.changes.filter(({ state }) => state !== "done") }),
    discard_change: ({ id }) => drop(id),
    decide_change: ({ id, decision }) => {
      if (decision === "discard") return drop(id);
      const change = fake.changes.find((each) => each.id === id);
      if (change) change.state = "waiting";
      return null;
    },
  } satisfies Partial<Handlers>;
}

function sync(fake: Fake, project: string, changes: ChangeView[]): PublishingView {
  fake.mustBeOnline();
  for (const change of changes) settle(fake, change);
  fake.publishingReadAt[project] = Date.now();
  return publishingView(fake, project);
}

/** What the index does with a waiting change: the owner "ghost" is unknown to it. */
function settle(fake: Fake, change: ChangeView): void {
  if (change.state !== "waiting") return;
  const owner = change.details[0]?.value?.split("/")[0];
  if (change.action === "add" && owner === "ghost") {
    change.state = "rejected";
    change.reasons = ["Unknown GitHub user or organization."];
    change.field_errors = { owner: change.reasons };
    return;
  }
  const listed = fake.listed(change.project);
  if (change.action === "add") {
    change.publisher_id = `0192-${change.id}`;
    const { provider, provider_name, details, subject, line } = change;
    listed.push({ id: change.publisher_id, provider, provider_name, details, subject, line });
  } else {
    fake.publishers[change.project] = listed.filter(({ id }) => id !== change.publisher_id);
  }
  change.state = "done";
  change.settled_at_ms = NOW;
}
