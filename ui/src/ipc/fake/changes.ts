// What becomes of a change: sent, decided, taken back. A removal goes the way of the add it comes after.
import type { ChangeView, PublishingView, ReviewedChange } from "../bindings";
import type { Fake } from "./fake";
import { type Handlers, thrown } from "./handlers";
import { noteOthers } from "./meanwhile";
import { publishingView } from "./publishing";
import { publisherView } from "./publishers";
import { NOW } from "./seed";

export function changeHandlers(fake: Fake) {
  const drop = (id: string) => {
    fake.changes = fake.changes.filter((change) => change.id !== id && change.after !== id);
    return null;
  };
  return {
    sync_project: ({ project, changes }) => sync(fake, project, changes),
    list_changes: () => {
      const open = fake.changes.filter(({ state }) => state !== "done");
      return { changes: open.map((change) => ({ ...change })) };
    },
    discard_change: ({ id }) => drop(id),
    retry_change: ({ change: { id } }) => {
      const to_send: ReviewedChange[] = [];
      for (const change of fake.changes) {
        const { state } = change;
        const asks = state === "needs_you" || state === "rejected";
        if (!asks || (change.id !== id && change.after !== id)) continue;
        change.state = "waiting";
        change.conflict = null;
        fake.bases.set(change.id, [...fake.listed(change.project)]);
        to_send.push({ id: change.id, hash: change.hash });
      }
      return { to_send };
    },
  } satisfies Partial<Handlers>;
}

function sync(fake: Fake, project: string, shown: ReviewedChange[]): PublishingView {
  const changes = asReviewed(fake, shown);
  fake.mustBeOnline();
  settleAll(fake, project, changes);
  fake.publishingReadAt[project] = Date.now();
  return publishingView(fake, project);
}

/** The changes that were shown, if each of them is still what it was. */
export function asReviewed(fake: Fake, shown: ReviewedChange[]): ChangeView[] {
  const chosen = fake.changes.filter(({ id }) => shown.some((each) => each.id === id));
  const isOther = (change: ChangeView) =>
    change.state === "waiting" && !shown.some(({ hash }) => hash === change.hash);
  const changes = chosen.filter(isOther).map(({ id }) => id);
  if (changes.length > 0) {
    const message = "A queued change is not what you reviewed, so it was not sent.";
    throw thrown({ code: "changed_since_review", message, changes });
  }
  return chosen;
}

/** Reads the list, then sends what may go: adds first. */
export function settleAll(fake: Fake, project: string, changes: ChangeView[]): void {
  noteOthers(fake, project);
  for (const change of changes.filter(({ after }) => after === null)) settle(fake, change);
  for (const change of changes.filter(({ after }) => after !== null))
    if (isListed(fake, change.after)) settle(fake, change);
}

const isListed = (fake: Fake, add: string | null) =>
  !fake.changes.some(({ id, state }) => id === add && state !== "done");

/** What the index does with a waiting change. */
function settle(fake: Fake, change: ChangeView): void {
  if (change.state !== "waiting" || change.held_back !== null) return;
  const unknown = change.action === "add" ? unknownIn(change) : null;
  if (unknown) {
    change.state = "rejected";
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
  if (change.publisher_id !== null) fake.fromHere.add(change.publisher_id);
  change.state = "done";
  change.settled_at_ms = NOW;
}

/** "ghost" is nobody's name. */
function unknownIn({ fields }: ChangeView): Record<string, string> | null {
  if (fields["owner"] === "ghost") return { owner: "Unknown GitHub user or organization." };
  if (fields["actor"] === "ghost") return { actor: "ActiveState actor not found" };
  return null;
}
