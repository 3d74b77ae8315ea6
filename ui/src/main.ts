import { mount } from "svelte";
import App from "./App.svelte";
import { shell } from "./ipc/call";
import { Desk } from "./state/desk.svelte";

const chosen = __FAKE__ ? (await import("./ipc/fake")).fakeFromAddress(location.search) : shell;
const target = document.getElementById("app");
if (target) mount(App, { target, props: { desk: new Desk(chosen) } });
