// The shape of what answers the commands. Each theme has a file of its own with its share of them.
import type { Commands, IpcError } from "../bindings";
import type { CommandName } from "../call";

export type Handlers = {
  [K in CommandName]: (
    input: Commands[K] extends { input: infer I } ? I : undefined,
  ) => Commands[K]["output"] | Promise<Commands[K]["output"]>;
};

/** Commands after which the shell tells the screen that counts and times have changed. */
export const CHANGING = new Set<CommandName>([
  "queue_add",
  "queue_remove",
  "sync_project",
  "save_draft",
  "discard_draft",
  "restore_draft",
  "discard_change",
  "retry_change",
  "refresh_projects",
  "refresh_publishing",
  "set_forgets_session",
]);

/** The shell rejects with a plain object, not with an Error. */
export const thrown = (error: IpcError) => error as unknown as Error;
