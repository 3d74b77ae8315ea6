/** True only in a build with `VITE_FAKE=1`: the screens on made-up data, never shipped. */
declare const __FAKE__: boolean;
