import type { ProviderForm } from "./provider";

export const google: ProviderForm = {
  id: "google",
  label: "Google Cloud",
  intro: "Whatever runs as a Google Cloud account publishes, best as a service account.",
  introLink: { words: "Service accounts", to: "google_service_accounts" },
  fields: [
    {
      name: "email",
      label: "Email",
      required: true,
      placeholder: "email",
      help: "Of the account or service account that publishes",
      notes: [
        {
          tone: "info",
          title: "For example",
          text: "For the service account SERVICE_ACCOUNT_NAME of the project PROJECT_NAME: `SERVICE_ACCOUNT_NAME@PROJECT_NAME.iam.gserviceaccount.com`",
        },
        {
          tone: "warn",
          title: "Better not a default service account",
          text: "Compute Engine and App Engine give the same one to everything in a project, and all of that could publish.",
          link: { words: "Default service accounts", to: "google_default_accounts" },
        },
      ],
    },
    {
      name: "sub",
      label: "Subject",
      required: false,
      placeholder: "subject",
      help: "Its numeric ID. Then only this one account can publish, not any that gets the same address.",
    },
  ],
  goodToKnow: [
    "Default service accounts are `PROJECT_ID-compute@developer.gserviceaccount.com` (Compute Engine) and `PROJECT_NAME@appspot.gserviceaccount.com` (App Engine).",
    "Everything that can run as the account can publish. Make one for publishing alone.",
    "The address must be verified by Google and is compared letter by letter: write it as Google does, normally in lower case.",
    "`python -m id pypi -d`, run where you publish from, shows the address in use.",
  ],
  moreLinks: [{ words: "What Google’s tokens say", to: "google_token_contents" }],
};
