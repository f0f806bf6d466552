-- How far the log has been shortened: who was away for longer can't be told what they missed, see `follow`.
ALTER TABLE installation
  ADD COLUMN forgotten_xid xid8 NOT NULL DEFAULT '0',
  ADD COLUMN forgotten_position bigint NOT NULL DEFAULT 0;
--> statement-breakpoint
-- As before, gaps of destinations included; and the furthest line that went is kept, in the same transaction.
CREATE OR REPLACE FUNCTION forget_events(before timestamptz, most integer) RETURNS integer
LANGUAGE sql AS $$
  WITH old AS (
    SELECT e.position FROM events e
    WHERE e.at < before
      AND NOT EXISTS (SELECT FROM orders o WHERE o.id = e.stream_id AND o.closed_at IS NULL)
      AND NOT EXISTS (SELECT FROM events later WHERE later.stream_id = e.stream_id
        AND e.stream = 'order' AND later.at >= before)
    ORDER BY e.position LIMIT most
  ), gone AS (
    DELETE FROM events e USING old WHERE e.position = old.position RETURNING e.xid, e.position
  ), unread AS (
    SELECT d.id, count(*) AS events FROM relay_destinations d
    JOIN gone g ON (g.xid, g.position) > (d.xid, d.position) GROUP BY d.id
  ), told AS (
    UPDATE relay_destinations d SET missed = d.missed + u.events FROM unread u WHERE u.id = d.id
  ), furthest AS (
    SELECT xid, position FROM gone ORDER BY xid DESC, position DESC LIMIT 1
  ), kept AS (
    UPDATE installation i SET forgotten_xid = f.xid, forgotten_position = f.position
    FROM furthest f WHERE (i.forgotten_xid, i.forgotten_position) < (f.xid, f.position)
  )
  SELECT count(*)::integer FROM gone
$$;
--> statement-breakpoint
-- Those that are done with, the oldest first.
CREATE INDEX notices_done ON notices (created_at) WHERE status <> 'waiting';
--> statement-breakpoint
-- Forgets notices from before `before` that nobody waits for, at most so many; how many.
CREATE FUNCTION forget_notices(before timestamptz, most integer) RETURNS integer LANGUAGE sql AS $$
  WITH old AS (
    SELECT id FROM notices WHERE status <> 'waiting' AND created_at < before
    ORDER BY created_at LIMIT most FOR UPDATE SKIP LOCKED
  ), gone AS (
    DELETE FROM notices n USING old WHERE n.id = old.id RETURNING 1
  )
  SELECT count(*)::integer FROM gone
$$;
--> statement-breakpoint
-- A driver's orders page by page, however they ended.
CREATE INDEX deliveries_driver ON deliveries (driver_id, order_id DESC) WHERE driver_id IS NOT NULL;
