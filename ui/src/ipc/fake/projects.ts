// The list of projects, with what is known of their publishers.
import type { ProjectsView, ProjectView } from "../bindings";
import type { Fake } from "./fake";
import type { Handlers } from "./handlers";

export function projectHandlers(fake: Fake) {
  return {
    list_projects: () => projectsView(fake),
    refresh_projects: () => {
      fake.mustBeOnline();
      fake.readAt = Date.now();
      return projectsView(fake);
    },
  } satisfies Partial<Handlers>;
}

export function projectsView(fake: Fake): ProjectsView {
  const projects = fake.readAt === null ? [] : fake.projects.map((each) => counted(fake, each));
  return { read_at_ms: fake.readAt, projects };
}

function counted(fake: Fake, project: ProjectView): ProjectView {
  const name = project.normalized_name;
  const open = fake.changes.filter((each) => each.project === name && each.state !== "done");
  const counted = { ...project, change_count: open.length };
  if (fake.publishingReadAt[name] === undefined) return counted;
  const listed = fake.listed(name);
  const github = { provider: "github" as const, name: "GitHub", count: listed.length };
  counted.publishers = listed.length ? [github] : [];
  counted.any_environment = listed.some(({ details }) => details[2]?.value === null);
  return counted;
}
