// Long work, project by project: reading everything, and sending a reviewed list.
import type { WorkView } from "../bindings";
import { byProject } from "../../state/by-project";
import { asIpcError } from "../errors";
import { asReviewed, settleAll } from "./changes";
import type { Fake } from "./fake";
import { type Handlers, thrown } from "./handlers";
import { noteOthers } from "./meanwhile";

export function workHandlers(fake: Fake) {
  return {
    review_changes: () => {
      const changes = fake.changes.filter(({ state }) => state === "waiting");
      const groups = byProject(changes.toReversed());
      const adds = changes.filter(({ action }) => action === "add").length;
      return {
        changes: groups.flatMap(({ items }) => items).map((change) => ({ ...change })),
        can_be_sent: changes.filter(({ held_back }) => held_back === null).length,
        adds,
        removes: changes.length - adds,
        projects: groups.length,
        sent_in_24h: fake.sentIn24h,
        rest_from_ms: fake.restFrom,
        limit: 100,
      };
    },
    sync_changes: ({ changes }) => {
      mustNotBeBusy(fake);
      const groups = byProject(asReviewed(fake, changes));
      const ids = changes.map(({ id }) => id);
      void run(fake, "send", ids, groups, ({ project, items }) => {
        settleAll(fake, project, items);
        fake.publishingReadAt[project] = Date.now();
      });
      return null;
    },
    refresh_everything: () => {
      mustNotBeBusy(fake);
      const managed = fake.projects.filter(({ can_manage }) => can_manage);
      const projects = managed.map((each) => ({ project: each.normalized_name }));
      void run(fake, "refresh", [], projects, ({ project }) => {
        noteOthers(fake, project);
        fake.readAt = Date.now();
        fake.publishingReadAt[project] = Date.now();
      });
      return null;
    },
    pause_work: () => wish(fake, { paused: true }),
    resume_work: () => wish(fake, { paused: false, gate: null }),
    stop_work: () => wish(fake, { stopped: true }),
    get_work: () => ({ work: fake.work }),
  } satisfies Partial<Handlers>;
}

function mustNotBeBusy(fake: Fake): void {
  if (!fake.work?.running) return;
  const message = "Trustdesk is sending or reading already, so nothing was started.";
  throw thrown({ code: "busy", message });
}

function wish(fake: Fake, over: Partial<WorkView>): null {
  if (fake.work?.running) fake.work = { ...fake.work, ...over };
  fake.tell({ what: "work" });
  return null;
}

async function run<T extends { project: string }>(
  fake: Fake,
  kind: WorkView["kind"],
  sent: string[],
  projects: T[],
  one: (project: T) => void,
): Promise<void> {
  const none = { done: 0, now: null, stopped: false, failed: [], error: null };
  const goes = { paused: false, at_rest: false, gate: null };
  let work: WorkView = { ...none, ...goes, kind, sent, total: 0, running: true };
  const show = (over: Partial<WorkView>) => {
    const { stopped, paused, gate } = fake.work ?? work;
    work = { ...work, stopped, paused, gate, ...over };
    fake.work = work;
    fake.tell({ what: "work" });
  };
  fake.work = work;
  const rest = async () => {
    while (fake.work?.paused && !fake.work.stopped) {
      if (!work.at_rest) show({ at_rest: true });
      // A gate that is open again lets it go on by itself.
      if (work.gate && fake.connection.state === "online")
        wish(fake, { paused: false, gate: null });
      await new Promise((go) => setTimeout(go, 1));
    }
    work.at_rest = false;
  };
  for (const [done, project] of projects.entries()) {
    show({ done, total: projects.length, now: project.project });
    for (;;) {
      await rest();
      if (fake.work.stopped) break;
      await new Promise((go) => setTimeout(go, fake.pace));
      try {
        fake.mustBeOnline();
        break;
      } catch (error) {
        show({ paused: true, gate: asIpcError(error) });
      }
    }
    if (fake.work.stopped) break;
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
