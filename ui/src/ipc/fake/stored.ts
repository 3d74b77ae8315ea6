// What is kept on this computer as a whole.
import { appView } from "./account";
import type { Fake } from "./fake";
import { type Handlers, thrown } from "./handlers";
import { seedPublishers } from "./seed";

const DOWNLOADS = "/home/demo/Downloads";

export function storedHandlers(fake: Fake) {
  const forget = () => {
    fake.drafts = [];
    fake.changes = [];
    fake.publishingReadAt = {};
    fake.readAt = null;
    fake.accounts = fake.accounts.filter((known) => known !== fake.onScreen());
    fake.username = null;
    fake.publishers = seedPublishers();
  };
  return {
    get_local_data: () => ({
      accounts: fake.accounts.length,
      projects: fake.readAt === null ? 0 : fake.projects.length,
      drafts: fake.drafts.length,
      open_changes: fake.changes.filter(({ state }) => state !== "done").length,
    }),
    export_data: () => ({ path: `${DOWNLOADS}/trustdesk-2026-11-23.json` }),
    export_log: () => ({ path: `${DOWNLOADS}/trustdesk-log-2026-11-23.txt` }),
    delete_log: () => null,
    delete_data: () => {
      if (fake.work?.running)
        throw thrown({
          code: "busy",
          message: "Changes are being sent. Wait until that has ended.",
        });
      forget();
      fake.accounts = [];
      fake.index = null;
      fake.forgetsSession = false;
      return appView(fake);
    },
    reset_demo: () => {
      forget();
      return appView(fake);
    },
  } satisfies Partial<Handlers>;
}
