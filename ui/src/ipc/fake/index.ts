export { fakeFromAddress } from "./address";
export { Fake, type FakeOptions } from "./fake";
export { DEMO_ACCOUNT, INDEXES, MAILED_LINK, RECOVERY_CODES } from "./indexes";
export { seedAccounts } from "./seed-accounts";
export { seedChanges, seedConflict, seedHeldBack, seedReplacement } from "./seed-changes";
export { seedDrafts } from "./seed-drafts";
