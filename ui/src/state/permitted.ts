// Why something cannot be done to a listed publisher just now, in words; null where it can.
import type { AppView, ChangeView, PublisherView, PublishingView } from "../ipc/bindings";
import { messages } from "../messages/en";

const words = messages.publishing;

interface Shown {
  app: AppView | null;
  view: PublishingView | null;
}

export function whyNotRemove({ app, view }: Shown): string | null {
  if (app?.is_read_only) return words.cannot_save;
  const isAllOff = view?.tabs.every(({ enabled }) => !enabled) ?? false;
  return isAllOff ? words.cannot_remove(nameOf(app)) : null;
}

export function whyNotReplace(
  publisher: PublisherView,
  removal: ChangeView | undefined,
  { app, view }: Shown,
): string | null {
  if (app?.is_read_only) return words.cannot_save;
  if (removal) return words.removal_waits;
  const tab = view?.tabs.find(({ provider }) => provider === publisher.provider);
  return tab?.enabled === false ? words.cannot_replace(tab.name, nameOf(app)) : null;
}

const nameOf = (app: AppView | null) => app?.index?.name ?? "";
