/// <reference types="vitest/config" />
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vite";

/** `VITE_FAKE=1` builds the screens on the in-memory shell of `ipc/fake/`, to look at them in a browser. */
const fake = process.env["VITE_FAKE"] === "1";

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  // A constant, so that the fake and its made-up data are cut out of the shipped bundle.
  define: { __FAKE__: JSON.stringify(fake) },
  base: "./",
  build: {
    // The page's policy allows files of its own only: nothing may be inlined as a data: address or script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "safari16.4",
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.ts"],
    setupFiles: ["src/test-setup.ts"],
    css: false,
    // axe takes seconds on a machine whose cores are building something else.
    testTimeout: 20_000,
  },
});
