-- Policies that change while running, several dispatchers at once, and the watch over drivers on the way.
ALTER TABLE zones ADD COLUMN policy_version integer NOT NULL DEFAULT 1;
--> statement-breakpoint
-- Who changed which zone's policy to what, also by hand.
CREATE TABLE dispatch_policy_changes (
  zone_id uuid NOT NULL REFERENCES zones ON DELETE CASCADE,
  version integer NOT NULL,
  policy jsonb NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (zone_id, version)
);
--> statement-breakpoint
CREATE FUNCTION version_policy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.policy_version := OLD.policy_version + 1;
  INSERT INTO dispatch_policy_changes (zone_id, version, policy, actor)
    VALUES (NEW.id, NEW.policy_version, NEW.dispatch_policy,
      coalesce(nullif(current_setting('app.actor', true), ''), 'database:' || session_user));
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER b_version BEFORE UPDATE OF dispatch_policy ON zones
  FOR EACH ROW WHEN (OLD.dispatch_policy IS DISTINCT FROM NEW.dispatch_policy)
  EXECUTE FUNCTION version_policy();
--> statement-breakpoint
-- How much drivers may be asked at once changes who may be asked now.
CREATE FUNCTION policy_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refresh_availability(d.user_id) FROM drivers d
    WHERE d.zone_id = NEW.id AND d.online ORDER BY d.user_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER y_availability AFTER UPDATE OF dispatch_policy ON zones
  FOR EACH ROW WHEN (OLD.dispatch_policy -> 'parallelOffersPerDriver'
    IS DISTINCT FROM NEW.dispatch_policy -> 'parallelOffersPerDriver')
  EXECUTE FUNCTION policy_changed();
--> statement-breakpoint
-- Which dispatcher serves a zone, until when by the clock of the database, and when it planned last.
CREATE TABLE zone_leases (
  zone_id uuid PRIMARY KEY REFERENCES zones ON DELETE CASCADE,
  holder uuid NOT NULL,
  until timestamptz NOT NULL,
  planned_at timestamptz
) WITH (fillfactor = 50);
--> statement-breakpoint
ALTER TABLE dispatch_attempts
  DROP CONSTRAINT dispatch_attempts_outcome_check,
  ADD CHECK (outcome IN ('offer', 'hold', 'wait', 'give_up')),
  -- By which policy it was decided.
  ADD COLUMN policy text NOT NULL DEFAULT 'nearest' CHECK (policy IN ('nearest', 'broadcast', 'batch'));
--> statement-breakpoint
-- What a zone has to find drivers for.
CREATE INDEX deliveries_open_of_zone ON deliveries (zone_id, next_attempt_at)
  WHERE status IN ('unassigned', 'offering');
--> statement-breakpoint
-- A zone's drivers on duty.
CREATE INDEX drivers_online ON drivers (zone_id) WHERE online;
--> statement-breakpoint
-- What the watch remembers of a leg between two looks.
CREATE TABLE delivery_watches (
  delivery_id uuid PRIMARY KEY REFERENCES deliveries ON DELETE CASCADE,
  memory jsonb NOT NULL
);
