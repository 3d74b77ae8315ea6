import { describe, expect, it } from "vitest";
import { byId, openApp, press, theId } from "../testing";

const RECOVERY = {
  kept_aside: "/data/damaged/2026-11-22",
  drafts: 1,
  changes: 2,
  unreadable: 3,
  altered: [] as string[],
};

describe("where things lie", () => {
  it("says what was carried over from a damaged database, and where the damaged files are", async () => {
    await openApp({}, (fake) => (fake.recovery = RECOVERY));
    const said = theId("storage-mended").textContent;
    expect(said).toContain("1 draft and 2 changes were carried over");
    expect(said).toContain(RECOVERY.kept_aside);
    expect(said).toContain("3 entries could not be read any more");
    await press("All right");
    expect(byId("storage-mended")).toBeNull();
  });

  it("names what another program has put into the database", async () => {
    const altered = ["trigger redirect on changes", "view listed"];
    await openApp({}, (fake) => (fake.recovery = { ...RECOVERY, altered }));
    const said = theId("storage-mended").textContent;
    expect(said).toContain("trigger redirect on changes, view listed");
  });

  it("says that nothing can be saved where the folder cannot be written, as long as that is so", async () => {
    await openApp({}, (fake) => (fake.isReadOnly = true));
    expect(theId("storage-read-only").textContent).toContain("nothing can be saved");
  });

  it("says once that the folder is on a network or synced, and what to do", async () => {
    await openApp({}, (fake) => (fake.dataPlace = { place: "network", file_system: "nfs4" }));
    expect(theId("storage-place").textContent).toContain("on a network drive (nfs4)");
    expect(theId("storage-place").textContent).toContain("TRUSTDESK_DATA");
    await press("All right");
    expect(byId("storage-place")).toBeNull();
    await openApp({}, (fake) => (fake.dataPlace = { place: "synced", by: "Dropbox" }));
    expect(theId("storage-place").textContent).toContain("that Dropbox syncs");
  });

  it("warns once of a data folder that others can use", async () => {
    await openApp({}, (fake) => (fake.dataExposure = "writable"));
    expect(theId("storage-exposure").textContent).toContain("can write to the data folder");
    await press("All right");
    expect(byId("storage-exposure")).toBeNull();
    await openApp({}, (fake) => (fake.dataExposure = "readable"));
    expect(theId("storage-exposure").textContent).toContain("can read the data folder");
  });

  it("says nothing while all is well", async () => {
    await openApp();
    expect(byId("storage-mended")).toBeNull();
    expect(byId("storage-read-only")).toBeNull();
    expect(byId("storage-place")).toBeNull();
    expect(byId("storage-exposure")).toBeNull();
  });
});
