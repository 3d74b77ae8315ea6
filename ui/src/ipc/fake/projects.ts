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
  counted.publishers = [...new Set(listed.map(({ provider_name }) => provider_name))].map(
    (name) => {
      const ofThis = listed.filter(({ provider_name }) => provider_name === name);
      return { provider: ofThis[0]?.provider ?? null, name, count: ofThis.length };
    },
  );
  counted.any_environment = listed.some(({ details }) =>
    details.some(({ label, value }) => label === "Environment name" && value === null),
  );
  return counted;
}
