// What a person has chosen for the whole app. A choice is shown at once and kept by the shell.
import type { AppView, Folder, Theme } from "../ipc/bindings";
import type { Shell } from "../ipc/call";
import type { Work } from "./work.svelte";

interface Desk {
  app: AppView | null;
  loadApp(): Promise<void>;
}

export class Preferences {
  constructor(
    private readonly shell: Shell,
    private readonly work: Work,
    private readonly desk: Desk,
  ) {}

  async setTheme(theme: Theme): Promise<void> {
    this.#show({ theme });
    await this.work.run(
      () => this.shell.call("set_theme", { theme }),
      () => this.setTheme(theme),
    );
  }

  async setForgetsSession(on: boolean): Promise<void> {
    this.#show({ forgets_session: on });
    await this.work.run(
      () => this.shell.call("set_forgets_session", { on }),
      () => this.setForgetsSession(on),
    );
    // Where the session is kept has changed with it; or neither has, if it failed.
    await this.desk.loadApp();
  }

  async openFolder(folder: Folder): Promise<void> {
    await this.work.run(
      () => this.shell.call("open_folder", { folder }),
      () => this.openFolder(folder),
    );
  }

  #show(chosen: Partial<AppView>): void {
    if (this.desk.app) this.desk.app = { ...this.desk.app, ...chosen };
  }
}
