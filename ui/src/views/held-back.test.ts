import { screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import type { ChangeView, HeldBackView } from "../ipc/bindings";
import { type Fake, seedChanges, seedReplacement } from "../ipc/fake";
import { heldBackWords } from "../state/held-back";
import { openApp, press, settled, theId } from "../testing";

const NOW = new Date(2026, 9, 3, 12).getTime();
const HOUR = 3_600_000;
const time = (ms: number) => new Intl.DateTimeFormat(undefined, { timeStyle: "short" }).format(ms);
const date = (ms: number) => new Intl.DateTimeFormat(undefined, { dateStyle: "medium" }).format(ms);

/** sampleproject has an addition (c4) that is held back by this, and a removal (c5) that is not. */
const held = (held_back: HeldBackView) => (fake: Fake) => {
  seedChanges(fake);
  for (const change of fake.changes) if (change.id === "c4") change.held_back = held_back;
};
const limit = () => held({ reason: "limit", until_ms: Date.now() + 72 * HOUR });

describe("What holds a change back", () => {
  const words = (held_back: HeldBackView) =>
    heldBackWords({ held_back } as ChangeView, "TestPyPI", NOW);

  it("is said in a sentence for each reason, with the name of the index", () => {
    const sentences = [
      words({ reason: "provider_off", provider: "GitHub" }),
      words({ reason: "replacement_not_listed", change: "c1" }),
      words({ reason: "asked_already", change: "c1" }),
      words({ reason: "sent_before", until_ms: NOW + HOUR }),
      words({ reason: "limit", until_ms: NOW + 72 * HOUR }),
      words({ reason: "outcome_unknown", until_ms: NOW + HOUR }),
    ];
    const later = NOW + 72 * HOUR;
    expect(sentences).toEqual([
      "TestPyPI accepts no new GitHub publishers for now.",
      "The publisher that replaces it is not listed yet.",
      "An earlier request for the same is not settled yet.",
      `It was sent to TestPyPI without effect. It can be sent again at ${time(NOW + HOUR)}.`,
      `The limit of TestPyPI is reached. The next addition is possible on ${date(later)} at ${time(later)}.`,
      `The list of TestPyPI shows the final outcome if it is read at ${time(NOW + HOUR)} or later.`,
    ]);
  });

  it("is not said any more once its time is over", () => {
    expect(words({ reason: "limit", until_ms: NOW })).toBe("");
  });
});

describe.each(["publishing", "changes"] as const)("A held back change on the screen %s", (name) => {
  async function open(prepare: (fake: Fake) => void, row: string) {
    const { desk, fake } = await openApp({ index: "pypi" }, prepare);
    const place = { screen: "publishing", project: "sampleproject" } as const;
    desk.go(name === "publishing" ? place : { screen: "changes" });
    await waitFor(() => theId(row));
    await settled(desk);
    return {
      fake,
      lines: () => [...theId(row).querySelectorAll(".why")].map((line) => line.textContent),
    };
  }

  it("says why it is not sent, and when it can be, in one line", async () => {
    const { lines } = await open(limit(), "change-c4");
    expect(lines()).toHaveLength(1);
    expect(lines()[0]).toMatch(/^The limit of PyPI is reached\. The next addition is possible on /);
  });

  it("says once where the account's gate is closed too", async () => {
    const { lines } = await open((fake) => {
      limit()(fake);
      fake.connection = { state: "waiting_for_quota", until_ms: Date.now() + 72 * HOUR };
    }, "change-c4");
    expect(lines()).toHaveLength(1);
    expect(lines()[0]).toContain("The limit of PyPI is reached.");
  });

  it("says when the outcome of a lost answer is certain", async () => {
    const { desk, fake } = await openApp({ index: "pypi" }, seedChanges);
    for (const change of fake.changes)
      if (change.state === "checking")
        change.held_back = { reason: "outcome_unknown", until_ms: Date.now() + HOUR };
    const place = { screen: "publishing", project: "octo-cli" } as const;
    desk.go(name === "publishing" ? place : { screen: "changes" });
    await waitFor(() =>
      expect(theId("change-c1").textContent).toContain("shows the final outcome if it is read"),
    );
  });

  it("says of a replaced publisher only once that it goes after the new one", async () => {
    const { desk } = await openApp({ index: "pypi" }, (fake) => {
      seedReplacement(fake);
      for (const change of fake.changes)
        if (change.after)
          change.held_back = { reason: "replacement_not_listed", change: change.after };
    });
    const place = { screen: "publishing", project: "sampleproject" } as const;
    desk.go(name === "publishing" ? place : { screen: "changes" });
    await waitFor(() => theId("change-c1"));
    await settled(desk);
    expect(document.body.textContent).not.toContain("The publisher that replaces it is not listed");
  });
});

describe("The review of changes of which some are held back", () => {
  async function openReview(prepare: (fake: Fake) => void) {
    const opened = await openApp({ index: "pypi" }, prepare);
    await opened.desk.reviewChanges();
    return { ...opened, dialog: await screen.findByRole("dialog") };
  }

  it("says which are not sent now and why, and counts the others", async () => {
    const { dialog } = await openReview(limit());
    expect(dialog.querySelector("h2")?.textContent).toBe("Send 1 change to PyPI?");
    expect(dialog.textContent).toContain("Not sent now: The limit of PyPI is reached.");
    expect(theId("review-held-back").textContent).toMatch(/^1 change is not sent now/);
    await screen.findByRole("button", { name: "Send 1 change to PyPI" });
  });

  it("says why as of the moment at which they were counted", async () => {
    vi.useFakeTimers({ now: Date.now(), toFake: ["Date", "setInterval", "clearInterval"] });
    try {
      const { dialog } = await openReview(limit());
      await vi.advanceTimersByTimeAsync(73 * HOUR);
      expect(dialog.querySelector("h2")?.textContent).toBe("Send 1 change to PyPI?");
      expect(dialog.textContent).toContain("Not sent now: The limit of PyPI is reached.");
    } finally {
      vi.useRealTimers();
    }
  });

  it("says where nothing can be sent now, and lets a person have it checked", async () => {
    const { fake, dialog } = await openReview((fake) => {
      limit()(fake);
      fake.changes = fake.changes.filter(({ id }) => id !== "c5");
    });
    expect(dialog.querySelector("h2")?.textContent).toBe("Nothing can be sent to PyPI now");
    await press("Check and send what is possible", dialog);
    await waitFor(() => expect(fake.called("sync_changes")).toHaveLength(1));
  });
});

describe("The offer to send", () => {
  it("counts only what can be sent now", async () => {
    const { fake, desk } = await openApp({}, (fake) => {
      limit()(fake);
      fake.connection = { state: "offline" };
    });
    fake.connection = { state: "online" };
    await desk.checkConnection();
    await screen.findByText("1 queued change can be sent");
  });
});
