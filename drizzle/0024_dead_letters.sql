-- What could not be delivered to the outside, and what somebody decided about it.
ALTER TABLE notices
  DROP CONSTRAINT notices_status_check,
  ADD CONSTRAINT notices_status_check CHECK (status IN ('waiting', 'sent', 'dead', 'discarded')),
  ADD COLUMN died_at timestamptz,
  -- From here on its moment passes anew.
  ADD COLUMN redriven_at timestamptz,
  -- Who redrove or discarded it last, as actors stand in the log.
  ADD COLUMN handled_by text,
  ADD COLUMN discard_reason text CHECK (length(discard_reason) BETWEEN 1 AND 200),
  ADD CHECK ((status = 'discarded') = (discard_reason IS NOT NULL));
--> statement-breakpoint
UPDATE notices SET died_at = next_attempt_at WHERE status = 'dead';
--> statement-breakpoint
-- What is dead, the latest first.
CREATE INDEX notices_dead ON notices (died_at DESC, id DESC) WHERE status = 'dead';
--> statement-breakpoint
INSERT INTO machine_steps (machine, from_state, command, to_state) VALUES
  ('notice', 'waiting', 'send', 'sent'),
  ('notice', 'waiting', 'give_up', 'dead'),
  ('notice', 'dead', 'redrive', 'waiting'),
  ('notice', 'dead', 'discard', 'discarded');
--> statement-breakpoint
CREATE TRIGGER a_step BEFORE INSERT OR UPDATE ON notices
  FOR EACH ROW EXECUTE FUNCTION enforce_step('notice', 'waiting');
--> statement-breakpoint
CREATE FUNCTION stamp_notice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  CASE NEW.status
    WHEN 'dead' THEN NEW.died_at := clock_timestamp();
    WHEN 'waiting' THEN
      NEW.attempts := 0;
      NEW.next_attempt_at := now();
      NEW.redriven_at := now();
    ELSE NULL;
  END CASE;
  IF OLD.status = 'dead' THEN
    NEW.handled_by := coalesce(nullif(current_setting('app.actor', true), ''), 'database:' || session_user);
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER b_stamp BEFORE UPDATE ON notices
  FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION stamp_notice();
--> statement-breakpoint
CREATE FUNCTION notice_image(n notices) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object(
    'id', n.id, 'channel', n.channel, 'kind', n.kind, 'attempts', n.attempts,
    'error', n.last_error, 'reason', n.discard_reason)
$$;
--> statement-breakpoint
-- Admins hear of it, nobody else: neither the customer nor the driver is named as one whom it concerns.
CREATE FUNCTION log_notice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM append_event('order', NEW.order_id,
    CASE NEW.status WHEN 'dead' THEN 'notice.given_up' WHEN 'waiting' THEN 'notice.redriven'
      ELSE 'notice.discarded' END,
    jsonb_build_object('notice', notice_image(NEW)), NULL, NULL, NULL);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER z_log AFTER UPDATE ON notices
  FOR EACH ROW WHEN (OLD.status <> NEW.status AND NEW.status <> 'sent') EXECUTE FUNCTION log_notice();
--> statement-breakpoint
-- The log's page, the latest first: each filter that leaves little over has an index in its order.
CREATE INDEX events_type ON events (type, xid, position);
--> statement-breakpoint
CREATE INDEX events_actor ON events (actor, xid, position);
--> statement-breakpoint
CREATE INDEX events_by_hand ON events (xid, position) WHERE actor LIKE 'database:%';
--> statement-breakpoint
CREATE INDEX events_drivers ON events (xid, position) WHERE stream = 'driver';
--> statement-breakpoint
-- Which place of the log a moment is.
CREATE INDEX events_at ON events (at);
