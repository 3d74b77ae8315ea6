-- When a registration was sent, once for each time: an index limits how many it takes in 24 hours.
CREATE TABLE attempts (
    attempt_id  INTEGER NOT NULL PRIMARY KEY,
    account_id  INTEGER NOT NULL REFERENCES accounts (account_id) ON DELETE CASCADE,
    change_id   TEXT    NOT NULL,
    at_ms       INTEGER NOT NULL
) STRICT;

CREATE INDEX attempts_of_account ON attempts (account_id, at_ms);

-- Before, a change remembered the last time only.
INSERT INTO attempts (account_id, change_id, at_ms)
    SELECT account_id, change_id, claimed_at_ms FROM changes
    WHERE action = 'add' AND claimed_at_ms IS NOT NULL AND state <> 'waiting';
