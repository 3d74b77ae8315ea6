import { tick } from "svelte";

/** Moves the focus once the screen has been drawn. The place may be gone by then: then nothing moves. */
export async function focusOn(id: string | null): Promise<void> {
  if (id === null) return;
  await tick();
  const element = document.getElementById(id);
  element?.focus();
  element?.scrollIntoView({ block: "nearest" });
}

/** To the title of the screen, where a person who hears the page begins to read. */
export async function focusTitle(): Promise<void> {
  await tick();
  document.querySelector<HTMLElement>("main h1")?.focus();
}
