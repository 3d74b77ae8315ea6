-- The GitLab instances that a publishing page offered, as JSON; empty where it offered none.
ALTER TABLE publishing_pages ADD COLUMN gitlab_instances TEXT NOT NULL DEFAULT '[]'
    CHECK (json_valid(gitlab_instances));
