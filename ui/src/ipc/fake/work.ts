// Long work, project by project: reading everything, and sending a reviewed list.
import type { WorkView } from "../bindings";
import { byProject } from "../../state/by-project";
import { asIpcError } from "../errors";
import { settleAll } from "./changes";
import type { Fake } from "./fake";
import type { Handlers } from "./handlers";
import { noteOthers } from "./meanwhile";

export function workHandlers(fake: Fake) {
  return {
    review_changes: () => {
      const changes = fake.changes.filter(({ state }) => state === "waiting");
      const groups = byProject(changes.toReversed());
      const adds = changes.filter(({ action }) => action === "add").length;
      return {
        changes: groups.flatMap(({ items }) => items).map((change) => ({ ...change })),
        adds,
        removes: changes.length - adds,
        projects: groups.length,
        sent_in_24h: fake.sentIn24h,
        rest_from_ms: fake.restFrom,
        limit: 100,
      };
    },
    sync_changes: ({ ids }) => {
      const chosen = fake.changes.filter(({ id }) => ids.includes(id));
      const groups = byProject(chosen);
      void run(fake, "send", ids, groups, ({ project, items }) => {
        settleAll(fake, project, items);
        fake.publishingReadAt[project] = Date.now();
      });
      return null;
    },
    refresh_everything: () => {
      const managed = fake.projects.filter(({ can_manage }) => can_manage);
      const projects = managed.map((each) => ({ project: each.normalized_name }));
      void run(fake, "refresh", [], projects, ({ project }) => {
        noteOthers(fake, project);
        fake.readAt = Date.now();
        fake.publishingReadAt[project] = Date.now();
      });
      return null;
    },
    stop_work: () => {
      if (fake.work?.running) fake.work = { ...fake.work, stopped: true };
      fake.tell({ what: "work" });
      return null;
    },
    get_work: () => ({ work: fake.work }),
  } satisfies Partial<Handlers>;
}

async function run<T extends { project: string }>(
  fake: Fake,
  kind: WorkView["kind"],
  sent: string[],
  projects: T[],
  one: (project: T) => void,
): Promise<void> {
  const none = { done: 0, now: null, stopped: false, failed: [], error: null };
  let work: WorkView = { ...none, kind, sent, total: 0, running: true };
  const show = (over: Partial<WorkView>) => {
    work = { ...work, stopped: fake.work?.stopped ?? false, ...over };
    fake.work = work;
    fake.tell({ what: "work" });
  };
  fake.work = work;
  for (const [done, project] of projects.entries()) {
    if (fake.work.stopped) break;
    show({ done, total: projects.length, now: project.project });
    await new Promise((go) => setTimeout(go, fake.pace));
    try {
      fake.mustBeOnline();
    } catch (error) {
      return show({ error: asIpcError(error), running: false, now: null });
    }
    const unreachable = fake.unreadable.get(project.project);
    if (unreachable === undefined) one(project);
    else work.failed = [...work.failed, { project: project.project, message: unreachable }];
    show({ done: done + 1 });
    fake.tell({ what: "projects" });
    fake.tell({ what: "changes" });
    fake.tell({ what: "app" });
  }
  show({ running: false, now: null });
}
