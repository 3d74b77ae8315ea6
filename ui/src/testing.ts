// What the tests of the screens share: the app on a fake shell, and a person's hands.
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import App from "./App.svelte";
import type { Provider } from "./ipc/bindings";
import { Fake, type FakeOptions } from "./ipc/fake";
import { Desk } from "./state/desk.svelte";

export async function openApp(options: FakeOptions = {}, prepare: (fake: Fake) => void = () => {}) {
  cleanup();
  const fake = new Fake(options);
  prepare(fake);
  const desk = new Desk(fake);
  render(App, { props: { desk } });
  await waitFor(() => {
    if (main().dataset["screen"] === "opening") throw new Error("still opening");
  });
  return { fake, desk };
}

export async function openProject(options: FakeOptions = {}, prepare?: (fake: Fake) => void) {
  const opened = await openApp(options, prepare);
  await fireEvent.click(await screen.findByRole("link", { name: "Manage sampleproject" }));
  await waitFor(() => theId("add-publisher"));
  await settled(opened.desk);
  return opened;
}

export const main = () => document.querySelector("main") as HTMLElement;
export const byId = (id: string) => document.getElementById(id);

export function theId(id: string): HTMLElement {
  const element = byId(id);
  if (!element) throw new Error(`no #${id} on screen`);
  return element;
}

export async function type(id: string, text: string): Promise<void> {
  await fireEvent.input(theId(id), { target: { value: text } });
}

export async function typePublisher(fields: Record<string, string>): Promise<void> {
  for (const [field, text] of Object.entries(fields)) await type(`field-${field}`, text);
}

export async function press(name: string | RegExp, within: HTMLElement = document.body) {
  const buttons = screen.getAllByRole("button", { name }).filter((each) => within.contains(each));
  await fireEvent.click(buttons[0] as HTMLElement);
}

export async function openTab(provider: Provider): Promise<void> {
  await fireEvent.click(theId(`tab-${provider}`));
}

export const valueOf = (id: string) => (theId(id) as HTMLInputElement | HTMLSelectElement).value;

/** Until nothing is under way any more. */
export async function settled(desk: Desk): Promise<void> {
  await waitFor(() => {
    if (desk.work.running > 0) throw new Error("still working");
  });
}

export const SAMPLE = {
  owner: "octo-org",
  repository: "sampleproject",
  workflow_filename: "release.yml",
};

/** What a person would type in each tab, and what is then told of it. */
export const TYPED = {
  github: { fields: SAMPLE, subject: "release.yml in octo-org/sampleproject" },
  gitlab: {
    fields: {
      namespace: "octo/tools",
      project: "sampleproject",
      workflow_filepath: ".gitlab-ci.yml",
      environment: "release",
    },
    subject: ".gitlab-ci.yml in octo/tools/sampleproject",
  },
  google: {
    fields: { email: "publisher@octo.iam.gserviceaccount.com", sub: "123456" },
    subject: "publisher@octo.iam.gserviceaccount.com",
  },
  activestate: {
    fields: { organization: "Octo Inc", project: "sampleproject", actor: "octocat" },
    subject: "octocat in Octo Inc/sampleproject",
  },
} as const;
