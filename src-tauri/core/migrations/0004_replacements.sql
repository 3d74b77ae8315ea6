-- The project's list as it was known when a change was confirmed, as JSON; NULL: not read then.
ALTER TABLE changes ADD COLUMN base TEXT CHECK (base IS NULL OR json_valid(base));
-- The add that must be listed before this removal is sent: together they replace a publisher.
ALTER TABLE changes ADD COLUMN after_id TEXT;
-- The row of the listed publisher, and the change, whose place the draft is to take.
ALTER TABLE drafts ADD COLUMN replaces TEXT;
ALTER TABLE drafts ADD COLUMN edits TEXT;
