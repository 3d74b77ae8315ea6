// One project's Publishing page: what is listed, what would be added, what is to go.
import type { CheckView, PublishingView, QueueView, TypedPublisher } from "../bindings";
import type { Fake } from "./fake";
import { type Handlers, thrown } from "./handlers";
import { noteOthers } from "./meanwhile";
import { projectsView } from "./projects";
import { publisherView } from "./publishers";
import { fakeVerdict } from "./verdict";

const TABS = [
  { provider: "github", name: "GitHub Actions" },
  { provider: "gitlab", name: "GitLab CI/CD" },
  { provider: "google", name: "Google Cloud" },
  { provider: "activestate", name: "ActiveState" },
] as const;

export function publishingHandlers(fake: Fake) {
  return {
    open_publishing: ({ project }) => publishingView(fake, project),
    refresh_publishing: ({ project }) => {
      fake.mustBeOnline();
      noteOthers(fake, project);
      fake.publishingReadAt[project] = Date.now();
      return publishingView(fake, project);
    },
    check_publisher: (typed) => checked(fake, typed),
    queue_add: (typed) => queued(fake, typed),
    queue_remove: ({ project, publisher_id }) => {
      const publisher = fake.listed(project).find(({ id }) => id === publisher_id);
      if (!publisher) throw thrown({ code: "not_found", message: "No such publisher" });
      return fake.addChange(project, "remove", publisher);
    },
  } satisfies Partial<Handlers>;
}

function queued(fake: Fake, typed: TypedPublisher): QueueView {
  const { project, provider, fields, draft, replaces, edits } = typed;
  const check = checked(fake, typed);
  if (!check.preview) return { outcome: "invalid", check };
  const listed = fake.listed(project);
  if (listed.some(({ line }) => line === check.preview)) return { outcome: "already_listed" };
  const old = listed.find(({ id }) => id === replaces);
  if (replaces !== null && !old) return { outcome: "replaced_gone" };
  fake.drafts = fake.drafts.filter(({ id }) => id !== draft);
  const change = fake.addChange(project, "add", publisherView(provider, "", fields));
  const removals = old ? [fake.addChange(project, "remove", old, { after: change.id })] : [];
  if (edits !== null) {
    fake.changes = fake.changes.filter(({ id }) => id !== edits);
    for (const removal of fake.changes.filter(({ after }) => after === edits)) {
      removal.after = change.id;
      removals.push({ ...removal });
    }
  }
  return { outcome: "queued", change, removals };
}

export function publishingView(fake: Fake, name: string): PublishingView {
  const readAt = fake.publishingReadAt[name] ?? null;
  const project = projectsView(fake).projects.find((each) => each.normalized_name === name);
  if (!project) throw thrown({ code: "not_found", message: "No such project" });
  return {
    project,
    read_at_ms: readAt,
    drafts: fake.drafts.filter((draft) => draft.project === name).map((each) => ({ ...each })),
    publishers: readAt === null ? [] : fake.listed(name),
    changes: fake.changes.filter((change) => change.project === name).map((each) => ({ ...each })),
    tabs: TABS.map((tab) => ({ ...tab, enabled: !fake.switchedOff.includes(tab.provider) })),
    gitlab_instances: fake.gitlabInstances,
  };
}

function checked(fake: Fake, { project, provider, fields }: TypedPublisher): CheckView {
  return fakeVerdict(provider, fields, fake.listed(project), fake.gitlabInstances);
}
