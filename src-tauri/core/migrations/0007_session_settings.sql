-- What guards secrets, in one row. No row: nothing was chosen yet, also not in the preferences of an
-- earlier version.
CREATE TABLE session_settings (
    settings_id      INTEGER NOT NULL PRIMARY KEY CHECK (settings_id = 1),
    forgets_sessions INTEGER NOT NULL CHECK (forgets_sessions IN (0, 1))
) STRICT;
