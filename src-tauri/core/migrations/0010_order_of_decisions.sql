-- One sequence for when changes were confirmed and when they were settled: this computer's clock can be
-- set back, and then tells nothing of which came first.
ALTER TABLE changes ADD COLUMN confirmed_order INTEGER NOT NULL DEFAULT 0;
ALTER TABLE changes ADD COLUMN settled_order INTEGER NOT NULL DEFAULT 0;
WITH moments AS (
    SELECT change_id, 'confirmed' AS what, confirmed_at_ms AS at_ms FROM changes
    UNION ALL
    SELECT change_id, 'settled', settled_at_ms FROM changes WHERE settled_at_ms IS NOT NULL
), ranked AS (SELECT change_id, what, rank() OVER (ORDER BY at_ms) AS place FROM moments)
UPDATE changes SET
    confirmed_order = places.confirmed,
    settled_order = places.settled
FROM (
    SELECT change_id,
        max(CASE what WHEN 'confirmed' THEN place ELSE 0 END) AS confirmed,
        max(CASE what WHEN 'settled' THEN place ELSE 0 END) AS settled
    FROM ranked GROUP BY change_id
) AS places
WHERE places.change_id = changes.change_id;
CREATE INDEX changes_confirmed_order ON changes (confirmed_order);
CREATE INDEX changes_settled_order ON changes (settled_order);
