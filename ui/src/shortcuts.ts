// The keys that work on a whole screen. Keys of a single element are with the element.
import { focusOn } from "./focus";
import type { Desk } from "./state/desk.svelte";

export function onKey(event: KeyboardEvent, desk: Desk): void {
  const command = event.ctrlKey || event.metaKey;
  if (event.key === "F5") {
    // Never the browser's own reload, which would throw the page's state away.
    event.preventDefault();
    if (!isDialogOpen()) refresh(desk);
    return;
  }
  if (command && event.key.toLowerCase() === "s") {
    // Never the browser's own "save this page".
    event.preventDefault();
    if (isDialogOpen()) return;
    if (event.shiftKey) void desk.reviewChanges();
    else document.getElementById("save-draft")?.click();
    return;
  }
  if (isDialogOpen()) return;
  if (command && event.key === "Enter" && desk.screen === "publishing") {
    event.preventDefault();
    document.querySelector<HTMLFormElement>("#add-publisher form")?.requestSubmit();
    return;
  }
  // By the key's place: with Alt many keyboards write another sign. AltGr is no Alt.
  const tab = /^Digit([1-9])$/.exec(event.code)?.[1];
  if (tab && event.altKey && !command && desk.screen === "publishing") {
    event.preventDefault();
    chooseTab(Number(tab));
    return;
  }
  if (command || event.altKey || isTyping(event.target)) return;
  if (event.key === "/" && desk.screen === "projects") {
    event.preventDefault();
    void focusOn("projects-filter");
  }
  if (event.key.toLowerCase() === "n" && desk.screen === "publishing") {
    event.preventDefault();
    document.querySelector<HTMLElement>("#add-publisher :is(input, select)")?.focus();
  }
}

function chooseTab(number: number): void {
  const tabs = document.querySelectorAll<HTMLElement>("#add-publisher [role=tab]");
  const tab = tabs[number - 1];
  tab?.click();
  tab?.focus();
}

function refresh(desk: Desk): void {
  if (desk.screen === "projects") void desk.projects.refresh();
  if (desk.screen === "publishing") void desk.publishing.refresh();
  if (desk.screen === "changes") void Promise.all([desk.changes.load(), desk.drafts.load()]);
}

const isDialogOpen = () => document.querySelector("dialog[open]") !== null;

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest("input, textarea, select") !== null;
