-- When the password was last entered for the session in the keyring, by this computer's clock.
-- NULL: nobody knows.
ALTER TABLE accounts ADD COLUMN password_entered_at_ms INTEGER;
