import type { IpcError } from "../ipc/bindings";

/** How a call ended. A refusal is a value here, so that nobody forgets it. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: IpcError };
