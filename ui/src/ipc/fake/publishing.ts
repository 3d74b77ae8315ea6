// One project's Publishing page: what is listed, what would be added, what is to go.
import type { PublishingView } from "../bindings";
import type { Fake } from "./fake";
import { type Handlers, thrown } from "./handlers";
import { projectsView } from "./projects";
import { githubPublisher } from "./seed";
import { fakeVerdict } from "./verdict";

export function publishingHandlers(fake: Fake) {
  return {
    open_publishing: ({ project }) => publishingView(fake, project),
    refresh_publishing: ({ project }) => {
      fake.mustBeOnline();
      fake.publishingReadAt[project] = Date.now();
      return publishingView(fake, project);
    },
    check_publisher: ({ fields }) => fakeVerdict(fields),
    queue_add: ({ project, fields }) => {
      const check = fakeVerdict(fields);
      if (!check.preview) return { outcome: "invalid", check };
      if (fake.listed(project).some(({ line }) => line === check.preview))
        return { outcome: "already_listed" };
      const publisher = githubPublisher("", fields);
      return { outcome: "queued", change: fake.addChange(project, "add", publisher) };
    },
    queue_remove: ({ project, publisher_id }) => {
      const publisher = fake.listed(project).find(({ id }) => id === publisher_id);
      if (!publisher) throw thrown({ code: "not_found", message: "No such publisher" });
      return fake.addChange(project, "remove", publisher);
    },
  } satisfies Partial<Handlers>;
}

export function publishingView(fake: Fake, name: string): PublishingView {
  const readAt = fake.publishingReadAt[name] ?? null;
  const project = projectsView(fake).projects.find((each) => each.normalized_name === name);
  if (!project) throw thrown({ code: "not_found", message: "No such project" });
  return {
    project,
    read_at_ms: readAt,
    publishers: readAt === null ? [] : fake.listed(name),
    changes: fake.changes.filter((change) => change.project === name).map((each) => ({ ...each })),
    tabs: [
      { provider: "github", name: "GitHub Actions", enabled: true },
      { provider: "gitlab", name: "GitLab CI/CD", enabled: true },
    ],
  };
}
