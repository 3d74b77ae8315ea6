import { afterEach, vi } from "vitest";

// As index.html says it.
document.documentElement.lang = "en";

afterEach(() => {
  vi.useRealTimers();
});
