-- Where events go outside. Each destination has its own place in the log; nothing is stored per event.
CREATE TABLE relay_destinations (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  kind text NOT NULL CHECK (kind IN ('webhook', 'amqp', 'redis', 'pusher')),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  -- Webhooks alone: where to, and what signs it. The secret before is good for a while longer.
  url text CHECK (length(url) <= 2000),
  secret text,
  previous_secret text,
  previous_secret_until timestamptz,
  -- Which events: types, a star for the last part or for all. Null: of every restaurant.
  event_types text[] NOT NULL DEFAULT '{*}' CHECK (cardinality(event_types) BETWEEN 1 AND 50),
  restaurant_id uuid REFERENCES restaurants ON DELETE CASCADE,
  disabled_at timestamptz,
  -- Counts what admins change: two of them can't overwrite each other.
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- Everything at or before this has been delivered, or has become a dead letter.
  xid xid8 NOT NULL DEFAULT pg_snapshot_xmin(pg_current_snapshot()),
  position bigint NOT NULL DEFAULT 0,
  -- Who delivers now, until when by the clock of the database.
  lease_holder uuid,
  lease_until timestamptz,
  -- Tries of the event that comes next, and when it is tried again.
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL DEFAULT now(),
  last_error text,
  failing_since timestamptz,
  delivered_at timestamptz,
  -- Events that retention took from the log before they were read for this destination.
  missed bigint NOT NULL DEFAULT 0,
  CHECK ((kind = 'webhook') = (url IS NOT NULL)),
  CHECK ((kind = 'webhook') = (secret IS NOT NULL)),
  CHECK ((previous_secret IS NULL) = (previous_secret_until IS NULL))
) WITH (fillfactor = 70);
--> statement-breakpoint
-- One broker of each kind: a restart goes on where it stopped.
CREATE UNIQUE INDEX relay_destinations_broker ON relay_destinations (kind) WHERE kind <> 'webhook';
--> statement-breakpoint
-- What a destination could not get. The event itself stands in the log.
CREATE TABLE relay_letters (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  destination_id uuid NOT NULL REFERENCES relay_destinations ON DELETE CASCADE,
  event_id text NOT NULL,
  position bigint NOT NULL,
  event_type text NOT NULL,
  status text NOT NULL DEFAULT 'dead' CHECK (status IN ('waiting', 'sent', 'dead', 'discarded')),
  attempts integer NOT NULL,
  last_error text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  died_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  next_attempt_at timestamptz NOT NULL DEFAULT now(),
  handled_by text,
  discard_reason text CHECK (length(discard_reason) BETWEEN 1 AND 200),
  UNIQUE (destination_id, event_id),
  CHECK ((status = 'discarded') = (discard_reason IS NOT NULL))
);
--> statement-breakpoint
-- What is dead, the latest first.
CREATE INDEX relay_letters_dead ON relay_letters (died_at DESC, id DESC) WHERE status = 'dead';
--> statement-breakpoint
-- What was redriven and is due.
CREATE INDEX relay_letters_due ON relay_letters (destination_id, next_attempt_at)
  WHERE status = 'waiting';
--> statement-breakpoint
INSERT INTO machine_steps (machine, from_state, command, to_state) VALUES
  ('relay_letter', 'waiting', 'send', 'sent'),
  ('relay_letter', 'waiting', 'give_up', 'dead'),
  ('relay_letter', 'dead', 'redrive', 'waiting'),
  ('relay_letter', 'dead', 'discard', 'discarded');
--> statement-breakpoint
CREATE TRIGGER a_step BEFORE INSERT OR UPDATE ON relay_letters
  FOR EACH ROW EXECUTE FUNCTION enforce_step('relay_letter', 'dead');
--> statement-breakpoint
CREATE FUNCTION stamp_letter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  CASE NEW.status
    WHEN 'dead' THEN NEW.died_at := clock_timestamp();
    WHEN 'waiting' THEN
      NEW.attempts := 0;
      NEW.next_attempt_at := now();
    ELSE NULL;
  END CASE;
  IF OLD.status = 'dead' THEN
    NEW.handled_by := coalesce(nullif(current_setting('app.actor', true), ''), 'database:' || session_user);
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER b_stamp BEFORE UPDATE ON relay_letters
  FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION stamp_letter();
--> statement-breakpoint
-- The delivery log of webhooks: every try and what came back. Kept for days, see the housekeeping.
CREATE TABLE relay_tries (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  destination_id uuid NOT NULL REFERENCES relay_destinations ON DELETE CASCADE,
  event_id text NOT NULL,
  event_type text NOT NULL,
  at timestamptz NOT NULL,
  milliseconds integer NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('delivered', 'failed', 'refused')),
  -- The status of the answer and its first characters, if one came.
  http_status integer,
  answer text CHECK (length(answer) <= 1000),
  error text
);
--> statement-breakpoint
CREATE INDEX relay_tries_destination ON relay_tries (destination_id, id DESC);
--> statement-breakpoint
CREATE INDEX relay_tries_at ON relay_tries (at);
--> statement-breakpoint
ALTER TABLE changes
  DROP CONSTRAINT changes_area_check,
  ADD CONSTRAINT changes_area_check
    CHECK (area IN ('person', 'invitation', 'zone', 'promo', 'settings', 'webhook'));
--> statement-breakpoint
-- What admins decide of a webhook; its secrets are told to nobody.
CREATE FUNCTION webhook_terms(d relay_destinations) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object('name', d.name, 'url', d.url, 'eventTypes', d.event_types,
    'restaurantId', d.restaurant_id, 'disabledAt', d.disabled_at)
$$;
--> statement-breakpoint
CREATE FUNCTION version_webhook() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := OLD.version + 1;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER b_version BEFORE UPDATE ON relay_destinations
  FOR EACH ROW WHEN (webhook_terms(OLD) IS DISTINCT FROM webhook_terms(NEW)
    OR OLD.secret IS DISTINCT FROM NEW.secret)
  EXECUTE FUNCTION version_webhook();
--> statement-breakpoint
CREATE FUNCTION log_webhook() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  d relay_destinations := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
BEGIN
  PERFORM record_change('webhook', d.id, CASE
      WHEN TG_OP = 'INSERT' THEN 'webhook.made'
      WHEN TG_OP = 'DELETE' THEN 'webhook.removed'
      WHEN OLD.secret <> NEW.secret THEN 'webhook.rotated'
      WHEN OLD.disabled_at IS NULL AND NEW.disabled_at IS NOT NULL THEN 'webhook.stopped'
      WHEN OLD.disabled_at IS NOT NULL AND NEW.disabled_at IS NULL THEN 'webhook.resumed'
      ELSE 'webhook.changed' END,
    webhook_terms(d) || jsonb_build_object('version', d.version));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER z_log AFTER INSERT ON relay_destinations
  FOR EACH ROW WHEN (NEW.kind = 'webhook') EXECUTE FUNCTION log_webhook();
--> statement-breakpoint
CREATE TRIGGER z_log_delete AFTER DELETE ON relay_destinations
  FOR EACH ROW WHEN (OLD.kind = 'webhook') EXECUTE FUNCTION log_webhook();
--> statement-breakpoint
CREATE TRIGGER z_log_update AFTER UPDATE ON relay_destinations
  FOR EACH ROW WHEN (NEW.kind = 'webhook' AND OLD.version <> NEW.version)
  EXECUTE FUNCTION log_webhook();
--> statement-breakpoint
-- As before; and what a destination had not read yet is counted there: a gap that is told.
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
  )
  SELECT count(*)::integer FROM gone
$$;
