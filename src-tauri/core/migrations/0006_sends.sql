-- The requests for a change that may have reached the index since a person last decided to send it: the
-- index's time of each, as JSON; null where the index told no time.
ALTER TABLE changes ADD COLUMN sends TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(sends));
-- 1: discarded while nobody knew whether the index had done it.
ALTER TABLE changes ADD COLUMN outcome_unknown INTEGER NOT NULL DEFAULT 0;

-- Before, nobody asked the index for the time of a request.
UPDATE changes SET sends = '[null]' WHERE state IN ('sending', 'checking');
