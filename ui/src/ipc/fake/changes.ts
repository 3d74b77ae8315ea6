// What becomes of a change: sent, decided, taken back.
import type { ChangeView, PublishingView } from "../bindings";
import type { Fake } from "./fake";
import type { Handlers } from "./handlers";
import { publishingView } from "./publishing";
import { publisherView } from "./publishers";
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
    list_changes: () => {
      const open = fake.changes.filter(({ state }) => state !== "done");
      return { changes: open.map((change) => ({ ...change })) };
    },
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

/** What the index does with a waiting change. */
export function settle(fake: Fake, change: ChangeView): void {
  if (change.state !== "waiting") return;
  const unknown = change.action === "add" ? unknownIn(change) : null;
  if (unknown) {
    change.state = "rejected";
    change.reasons = Object.values(unknown);
    change.field_errors = Object.fromEntries(
      Object.entries(unknown).map(([field, words]) => [field, [words]]),
    );
    return;
  }
  const listed = fake.listed(change.project);
  if (change.action === "add") {
    change.publisher_id = `0192-${change.id}`;
    const fields = { ...change.fields };
    // ActiveState's users are known by number and listed by the name that was seen first.
    if (fields["actor"] === "renamed") fields["actor"] = "first-name";
    listed.push(publisherView(change.provider ?? "github", change.publisher_id, fields));
  } else {
    fake.publishers[change.project] = listed.filter(({ id }) => id !== change.publisher_id);
  }
  change.state = "done";
  change.settled_at_ms = NOW;
}

/** "ghost" is nobody's name. */
function unknownIn({ fields }: ChangeView): Record<string, string> | null {
  if (fields["owner"] === "ghost") return { owner: "Unknown GitHub user or organization." };
  if (fields["actor"] === "ghost") return { actor: "ActiveState actor not found" };
  return null;
}
