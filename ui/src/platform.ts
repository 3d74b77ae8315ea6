// What the system under the window can and cannot do, as far as a page can tell.

/** Whether the engine of the app's windows can ask a security key: of Windows only. */
export const windowAsksSecurityKeys = () => /\bWindows\b/.test(navigator.userAgent);
