// The page's only way to the shell: typed calls and the one event. Nothing else imports @tauri-apps.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Changed, Commands } from "./bindings";

export type CommandName = keyof Commands;
export type Input<K extends CommandName> = Commands[K] extends { input: infer I } ? I : undefined;
export type Output<K extends CommandName> = Commands[K]["output"];

/** What the screens need of the shell; the fake of the unit tests is another one. */
export interface Shell {
  call<K extends CommandName>(
    name: K,
    ...input: Input<K> extends undefined ? [] : [Input<K>]
  ): Promise<Output<K>>;
  onChanged(handler: (changed: Changed) => void): void;
}

export const shell: Shell = {
  call: (name, ...[input]) => invoke(name, input === undefined ? {} : { input }),
  onChanged: (handler) => void listen<Changed>("changed", (event) => handler(event.payload)),
};
