export { fakeFromAddress } from "./address";
export { Fake, type FakeOptions } from "./fake";
export { DEMO_ACCOUNT } from "./indexes";
export { seedChanges, seedConflict, seedReplacement } from "./seed-changes";
export { seedDrafts } from "./seed-drafts";
