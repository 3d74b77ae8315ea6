-- What was read from an index, and what a person asked of it.

CREATE TABLE indexes (
    index_key     TEXT    NOT NULL PRIMARY KEY,
    origin        TEXT    NOT NULL,
    -- The one opened last is the one on screen.
    opened_at_ms  INTEGER NOT NULL
) STRICT;

CREATE TABLE accounts (
    account_id           INTEGER NOT NULL PRIMARY KEY,
    index_key            TEXT    NOT NULL REFERENCES indexes (index_key),
    username             TEXT    NOT NULL,
    opened_at_ms         INTEGER NOT NULL,
    -- NULL: not read yet, which is never shown as none.
    projects_read_at_ms  INTEGER,
    -- Registrations wait until then, across restarts.
    quota_closed_until_ms INTEGER,
    UNIQUE (index_key, username)
) STRICT;

CREATE TABLE projects (
    account_id      INTEGER NOT NULL REFERENCES accounts (account_id) ON DELETE CASCADE,
    normalized_name TEXT    NOT NULL,
    -- The index's order.
    position        INTEGER NOT NULL,
    name            TEXT    NOT NULL,
    organization    TEXT,
    sole_owner      INTEGER NOT NULL,
    date_kind       TEXT,
    date_at_ms      INTEGER,
    summary         TEXT,
    archived        INTEGER NOT NULL,
    can_manage      INTEGER NOT NULL,
    has_page        INTEGER NOT NULL,
    PRIMARY KEY (account_id, normalized_name)
) STRICT;

-- One row a publishing page that was read; no row: not read yet.
CREATE TABLE publishing_pages (
    account_id      INTEGER NOT NULL REFERENCES accounts (account_id) ON DELETE CASCADE,
    project         TEXT    NOT NULL,
    read_at_ms      INTEGER NOT NULL,
    -- The providers that could be added, as JSON.
    providers       TEXT    NOT NULL CHECK (json_valid(providers)),
    PRIMARY KEY (account_id, project)
) STRICT;

CREATE TABLE publishers (
    account_id      INTEGER NOT NULL,
    project         TEXT    NOT NULL,
    publisher_id    TEXT    NOT NULL,
    position        INTEGER NOT NULL,
    publisher       TEXT    NOT NULL CHECK (json_valid(publisher)),
    PRIMARY KEY (account_id, project, publisher_id),
    FOREIGN KEY (account_id, project)
        REFERENCES publishing_pages (account_id, project) ON DELETE CASCADE
) STRICT;

CREATE TABLE changes (
    -- UUIDv7: sorts by when it was made.
    change_id       TEXT    NOT NULL PRIMARY KEY,
    account_id      INTEGER NOT NULL REFERENCES accounts (account_id),
    project         TEXT    NOT NULL,
    action          TEXT    NOT NULL CHECK (action IN ('add', 'remove')),
    publisher       TEXT    NOT NULL CHECK (json_valid(publisher)),
    publisher_id    TEXT,
    state           TEXT    NOT NULL,
    reasons         TEXT    NOT NULL CHECK (json_valid(reasons)),
    confirmed_at_ms INTEGER NOT NULL,
    claimed_at_ms   INTEGER,
    settled_at_ms   INTEGER,
    CHECK (action = 'add' OR publisher_id IS NOT NULL)
) STRICT;

CREATE INDEX changes_open ON changes (account_id, project)
    WHERE state NOT IN ('done', 'discarded');
