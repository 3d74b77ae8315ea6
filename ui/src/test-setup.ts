import { configure } from "@testing-library/svelte";
import { afterEach, vi } from "vitest";

// On a machine whose cores are building something else, a screen takes seconds to follow.
configure({ asyncUtilTimeout: 5000 });

// As index.html says it.
document.documentElement.lang = "en";

afterEach(() => {
  vi.useRealTimers();
});
