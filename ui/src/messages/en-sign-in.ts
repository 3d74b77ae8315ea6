// The words about signing in and about the password that is asked again. They are a part of `en.ts`.
import { plural } from "./plural";

export const ofSigningIn = {
  sign_in: {
    title: (index: string) => `Sign in to ${index}`,
    username: "User name",
    password: "Password",
    host: "Your password goes to",
    host_only: "and nowhere else. It is not kept.",
    proxy: (host: string, proxy: string) => `Connections to ${host} go through the proxy ${proxy}.`,
    forms: "PyPI has no API for this yet; Trustdesk uses its web forms in your session.",
    next: "Continue",
    signing_in: "Signing in…",
    sign_in: "Sign in",
    start_again: "Start again",
    other_index: "Choose another index",
    back: "Back to what is stored here",
    beside: (username: string) =>
      `${username} stays signed in. Trustdesk shows one account at a time, and changes between them without a password.`,
    code_for: (username: string) => `Signing in as ${username}`,
    start_again_text: "The index wants you to begin again with your user name and password.",
    reset_password: (index: string) => `Forgotten, or disabled by ${index}? Reset it there`,
  },
  code: {
    label: "Authenticator code",
    help: "The six digits that your authenticator app shows now",
    use: "Use the authenticator code",
    remember: "Remember this device for 30 days",
    remember_text: (index: string) =>
      `${index} then asks for nothing but the password here. Whoever can open this computer’s keyring needs only your password for 30 days, and ${index} cannot revoke it. It is deleted when you sign out.`,
    remember_this_run:
      "Nothing is kept in a keyring now, so it lasts only until Trustdesk is closed.",
  },
  recovery: {
    label: "Recovery code",
    help: "One of the sixteen-digit codes that the index gave you to keep",
    use: "Use a recovery code instead",
    warning: "It is used up by this",
    warning_text:
      "Each recovery code works once. It is used up even if the index then holds the sign-in back and mails you a link.",
    spent: "Your recovery code is used up. You need no other one for this sign-in.",
  },
  security_key: {
    title: "A browser has to ask your security key",
    only: (index: string) =>
      `${index} knows no authenticator app for this account, only a security key.`,
    in_window: (index: string) =>
      `The window that Trustdesk opens can ask it, on ${index}’s own page.`,
    not_here:
      "Trustdesk cannot ask it, and neither can the window that it opens: on this system its browser engine has no way to a security key.",
    what_now: "What you can do",
    recovery: "It is used up by that.",
    authenticator: (index: string) =>
      `Add an authenticator app to your account on ${index}’s own pages. Your key stays; Trustdesk then takes the app’s codes.`,
    stored: (index: string) =>
      `Go on with what is stored here: drafts need no session. Each form then hands what you typed to ${index}’s own form in your browser, which can ask the key.`,
    also: "Use the security key in a window",
    back: "Use the security key",
    unknown: (index: string) =>
      `${index} offers no second factor that Trustdesk knows. Its own page may.`,
  },
  device: {
    title: "Confirm that it is you",
    text: (index: string) => `${index} does not know this network and has mailed you a link.`,
    paste: "Paste it here. It signs this app in, so do not open it in a browser.",
    rules: (index: string) =>
      `It works from this network only and for 6 hours. ${index} sends one such mail in 15 minutes at most.`,
    label: "Link from the e-mail",
    help: (start: string) => `It begins with ${start}`,
    not_a_link: (host: string) =>
      `That is no confirmation link of ${host}. Copy the whole address from the mail.`,
    confirm: "Confirm",
  },
  window: {
    open: (index: string) => `Sign in on ${index}’s own page in a window`,
    text: "For a captcha, a check of your browser, or whatever else the page asks.",
    is_open: "The window is open",
    is_open_text: (index: string) =>
      `Sign in there. It closes by itself once ${index} has let you in, and keeps nothing on this computer.`,
    cancel: "Cancel and close the window",
  },
  said: {
    title: (index: string) => `${index} says`,
    open: (index: string) => `Open ${index}`,
  },
  demo: {
    title: "Demo account",
    text: "This index is made up and runs inside Trustdesk, so its account is no secret.",
    username: "User name",
    password: "Password",
    code: "Code now",
    seconds: (count: number) => `new in ${count} s`,
    renewing: "renewing…",
    use: "Use the demo account",
    others: "Other demo accounts",
    others_text: "With the same password and codes. Press one to take its name.",
    recovery_codes: "Recovery codes",
    recovery_codes_text: "Each works once for each account.",
    mailed_link: "In the mailbox",
    use_link: "Paste the link",
    no_mail: "No link was mailed yet.",
  },
  password: {
    title: "Confirm your password",
    text: (index: string) =>
      `${index} asks for your password again before it shows or changes publishers.`,
    label: "Password",
    confirm: "Confirm",
    confirming: "Confirming…",
    wrong: "The password is wrong.",
    tries_left: (index: string, count: number) =>
      count === 0
        ? `${index} looks at no other for five minutes.`
        : `${plural(count, "more wrong one", "more wrong ones")} and ${index} looks at none for five minutes.`,
    locked_out: (index: string, when: string) =>
      `Too many were wrong. ${index} accepts the next try ${when}. This one was not sent.`,
    counting: (left: string) => `You can try again in ${left}.`,
    again: "You can try again now.",
    until: (time: string) => `Password entered, valid until ${time}`,
  },
};
