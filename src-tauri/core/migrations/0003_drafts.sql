-- What is typed into a provider's form and not confirmed yet, saved while it is typed.
CREATE TABLE drafts (
    -- A UUID made by whoever types, so that saving twice is saving once.
    draft_id    TEXT    NOT NULL PRIMARY KEY,
    account_id  INTEGER NOT NULL REFERENCES accounts (account_id),
    project     TEXT    NOT NULL,
    provider    TEXT    NOT NULL,
    fields      TEXT    NOT NULL CHECK (json_valid(fields)),
    -- open: stands in the form; parked: put aside; discarded: can still be restored; used: became a
    -- change, and a late save must not bring it back.
    state       TEXT    NOT NULL CHECK (state IN ('open', 'parked', 'discarded', 'used')),
    saved_at_ms INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX drafts_open ON drafts (account_id, project, provider) WHERE state = 'open';
