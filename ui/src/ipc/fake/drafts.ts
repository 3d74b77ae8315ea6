// Typed text that is kept. A form holds one draft; the others are put aside.
import type { DraftView } from "../bindings";
import type { Fake } from "./fake";
import { type Handlers, thrown } from "./handlers";
import { publisherView } from "./publishers";
import { fakeVerdict } from "./verdict";

export function draftHandlers(fake: Fake) {
  const of = (id: string) => fake.drafts.find((draft) => draft.id === id) ?? missing();
  const makeRoom = ({ id, project, provider }: Pick<DraftView, "id" | "project" | "provider">) => {
    for (const draft of fake.drafts)
      if (draft.project === project && draft.provider === provider && draft.id !== id)
        draft.open = false;
  };
  return {
    save_draft: (saved) => {
      const { id, provider, fields } = saved;
      makeRoom(saved);
      const { preview } = fakeVerdict(provider, fields, [], fake.gitlabInstances);
      const line = preview && publisherView(provider, "", fields).line;
      const saved_at_ms = Date.now();
      const draft = { ...saved, open: true, saved_at_ms, line };
      const at = fake.drafts.findIndex((known) => known.id === id);
      if (at < 0) fake.drafts.push(draft);
      else fake.drafts[at] = draft;
      return { saved_at_ms };
    },
    park_draft: ({ id }) => {
      of(id).open = false;
      return null;
    },
    open_draft: ({ id }) => {
      const draft = of(id);
      makeRoom(draft);
      draft.open = true;
      return null;
    },
    discard_draft: ({ id }) => {
      fake.discarded.push(of(id));
      fake.drafts = fake.drafts.filter((draft) => draft.id !== id);
      return null;
    },
    restore_draft: ({ id }) => {
      const draft = fake.discarded.find((each) => each.id === id) ?? missing();
      fake.drafts.push({ ...draft, open: false });
      return null;
    },
    list_drafts: () => ({ drafts: fake.drafts.map((draft) => ({ ...draft })) }),
  } satisfies Partial<Handlers>;
}

function missing(): never {
  throw thrown({ code: "not_found", message: "This draft is not there any more." });
}
