-- What guards secrets, in one row. No row: nothing was chosen yet, also not in the preferences of an
-- earlier version. NULL: what was chosen was lost with a damaged file, and nobody knows it.
ALTER TABLE session_settings RENAME TO session_settings_before;
CREATE TABLE session_settings (
    settings_id      INTEGER NOT NULL PRIMARY KEY CHECK (settings_id = 1),
    forgets_sessions INTEGER CHECK (forgets_sessions IN (0, 1))
) STRICT;
INSERT INTO session_settings SELECT settings_id, forgets_sessions FROM session_settings_before;
DROP TABLE session_settings_before;
