import type { ProjectsView, ProjectView } from "../ipc/bindings";
import type { Shell } from "../ipc/call";
import type { Work } from "./work.svelte";

export class Projects {
  view = $state.raw<ProjectsView | null>(null);
  refreshing = $state(false);
  /** Kept here and not in the screen, so that it is still there when one comes back from a project. */
  filter = $state("");

  /** Counts the accounts that were on screen. */
  #account = 0;

  shown = $derived(narrowed(this.view?.projects ?? [], this.filter));

  constructor(
    private readonly shell: Shell,
    private readonly work: Work,
  ) {}

  /** What is stored is shown at once. A list that was never read is asked for, once. */
  async open(): Promise<void> {
    await this.load();
    if (this.view?.read_at_ms === null) await this.refresh();
  }

  async load(): Promise<void> {
    const account = this.#account;
    const result = await this.work.read(
      () => this.shell.call("list_projects"),
      () => this.load(),
    );
    if (result.ok && account === this.#account) this.view = result.value;
  }

  async refresh(): Promise<void> {
    if (this.refreshing) return;
    this.refreshing = true;
    const account = this.#account;
    const result = await this.work.run(
      () => this.shell.call("refresh_projects"),
      () => this.refresh(),
    );
    // What another account has asked for is not shown under this one.
    if (account !== this.#account) return;
    if (result.ok) this.view = result.value;
    this.refreshing = false;
  }

  forget(): void {
    this.#account += 1;
    this.view = null;
    this.refreshing = false;
    this.filter = "";
  }
}

/** The projects that have every typed word in their name or summary. */
export function narrowed(projects: ProjectView[], filter: string): ProjectView[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return projects.filter((project) => {
    const text =
      `${project.name} ${project.normalized_name} ${project.summary ?? ""}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
