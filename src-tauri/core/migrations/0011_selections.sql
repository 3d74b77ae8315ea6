-- Which index is selected, and on each index which account. No clock decides it.
CREATE TABLE selections (
    index_key  TEXT    NOT NULL PRIMARY KEY REFERENCES indexes (index_key) ON DELETE CASCADE,
    -- NULL: nobody signed in there yet, or the account was forgotten.
    account_id INTEGER REFERENCES accounts (account_id) ON DELETE SET NULL,
    is_current INTEGER NOT NULL CHECK (is_current IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX selections_current ON selections (is_current) WHERE is_current = 1;
INSERT INTO selections (index_key, account_id, is_current)
SELECT index_key,
    (SELECT account_id FROM accounts WHERE accounts.index_key = indexes.index_key
     ORDER BY opened_at_ms DESC LIMIT 1),
    index_key IS (SELECT index_key FROM indexes WHERE opened_at_ms > 0
                  ORDER BY opened_at_ms DESC LIMIT 1)
FROM indexes;
ALTER TABLE accounts DROP COLUMN opened_at_ms;
ALTER TABLE indexes DROP COLUMN opened_at_ms;
