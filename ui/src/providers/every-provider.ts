// What every tab says under "Good to know".
import type { Link } from "./provider";

export const everyProvider: { goodToKnow: string[]; links: Link[] } = {
  goodToKnow: [
    "One publisher can serve many projects, and a project can have several, for instance one for each platform. One job that publishes all builds is simpler.",
    "A publisher belongs to the project, not to a person: look through the list when someone leaves.",
    "A token lasts 15 minutes. Until then it is as good as a password; it says nothing about the code that it uploads.",
  ],
  links: [
    { words: "Adding a publisher", to: "adding_a_publisher" },
    { words: "Using a publisher", to: "using_a_publisher" },
    { words: "Security model", to: "security_model" },
    { words: "Troubleshooting", to: "troubleshooting" },
  ],
};
