-- Figures for admins, kept by a loop beside the orders and never in their transactions: a day of a zone,
-- on its wall clock, is computed as a whole from the rows that it is about.
CREATE TABLE analytics_days (
  zone_id uuid NOT NULL REFERENCES zones ON DELETE CASCADE,
  day date NOT NULL,
  -- How often the log has brought something of this day, and up to which of these it is computed.
  marked integer NOT NULL DEFAULT 1,
  computed integer NOT NULL DEFAULT 0,
  computed_at timestamptz,
  PRIMARY KEY (zone_id, day)
) WITH (fillfactor = 70);
--> statement-breakpoint
-- What has to be computed, the latest first.
CREATE INDEX analytics_days_due ON analytics_days (day DESC) WHERE computed < marked;
--> statement-breakpoint
-- Each order counts once in each kind, under the time at which it was placed. A sketch is a number whose
-- groups of eight digits are the counts of its buckets: SUM merges sketches, see domain/analytics/sketch.
CREATE TABLE analytics_figures (
  zone_id uuid NOT NULL REFERENCES zones ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('hour', 'restaurant', 'driver')),
  day date NOT NULL,
  -- The hour of the wall clock, or the id; empty: no driver.
  subject text NOT NULL,
  currency char(3) NOT NULL,
  -- Minor units: what orders brought in, without tips and without what was given back.
  revenue bigint NOT NULL,
  orders integer NOT NULL,
  completed integer NOT NULL,
  cancelled integer NOT NULL,
  rejected integer NOT NULL,
  expired integer NOT NULL,
  delivered integer NOT NULL,
  -- Delivered by the end of the window promised at the checkout.
  kept integer NOT NULL,
  food_ratings integer NOT NULL,
  food_stars integer NOT NULL,
  delivery_ratings integer NOT NULL,
  delivery_stars integer NOT NULL,
  offers_accepted integer NOT NULL,
  offers_declined integer NOT NULL,
  offers_expired integer NOT NULL,
  -- Of drivers: on duty, and with something to carry while on duty.
  duty_seconds integer NOT NULL,
  busy_seconds integer NOT NULL,
  -- Sketches, those that are asked for: of hours all, of restaurants the kitchen, of drivers the ride.
  delivery numeric NOT NULL,
  acceptance numeric NOT NULL,
  kitchen numeric NOT NULL,
  pickup_wait numeric NOT NULL,
  ride numeric NOT NULL,
  door numeric NOT NULL,
  -- Kind hour alone: why orders and offers came to nothing, and how many.
  reasons jsonb NOT NULL,
  -- The mark of the day that it was computed for: the new ones are written before the old ones go.
  version integer NOT NULL,
  PRIMARY KEY (zone_id, kind, day, subject, currency, version)
);
--> statement-breakpoint
-- When drivers were on duty: online and not on a break. Written from the log; no end: still.
CREATE TABLE driver_duty (
  driver_id uuid NOT NULL REFERENCES drivers ON DELETE CASCADE,
  zone_id uuid NOT NULL REFERENCES zones ON DELETE CASCADE,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz,
  PRIMARY KEY (driver_id, starts_at),
  CHECK (ends_at >= starts_at)
);
--> statement-breakpoint
CREATE UNIQUE INDEX driver_duty_open ON driver_duty (driver_id) WHERE ends_at IS NULL;
--> statement-breakpoint
-- Who was on duty in a zone on a day.
CREATE INDEX driver_duty_zone ON driver_duty USING gist (zone_id, tstzrange(starts_at, ends_at));
--> statement-breakpoint
-- A sketch as text: how many digits it has, and those before the zeros at its end.
CREATE FUNCTION written_sketch(sketch numeric) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT length(sketch::text) || ' ' || rtrim(sketch::text, '0')
$$;
--> statement-breakpoint
-- A restaurant that moves to another zone takes its orders along; a zone whose clock is set cuts its days
-- anew.
CREATE FUNCTION mark_days_again(from_zone uuid, to_zone uuid) RETURNS void LANGUAGE sql AS $$
  INSERT INTO analytics_days (zone_id, day)
  SELECT DISTINCT z.id, a.day + shift
  FROM analytics_days a, generate_series(-1, 1) shift, (VALUES (from_zone), (to_zone)) z (id)
  WHERE a.zone_id = from_zone
  ORDER BY 1, 2
  ON CONFLICT (zone_id, day) DO UPDATE SET marked = analytics_days.marked + 1
$$;
--> statement-breakpoint
CREATE FUNCTION restaurant_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mark_days_again(OLD.zone_id, NEW.zone_id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER x_analytics AFTER UPDATE OF zone_id ON restaurants
  FOR EACH ROW WHEN (OLD.zone_id <> NEW.zone_id) EXECUTE FUNCTION restaurant_moved();
--> statement-breakpoint
CREATE FUNCTION zone_clock_set() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mark_days_again(OLD.id, NEW.id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER x_analytics AFTER UPDATE OF time_zone ON zones
  FOR EACH ROW WHEN (OLD.time_zone <> NEW.time_zone) EXECUTE FUNCTION zone_clock_set();
--> statement-breakpoint
-- What happened before this migration: all days there are, and who was on duty by the log.
INSERT INTO analytics_days (zone_id, day)
  SELECT DISTINCT z.id, (o.placed_at AT TIME ZONE z.time_zone)::date
  FROM orders o JOIN restaurants r ON r.id = o.restaurant_id JOIN zones z ON z.id = r.zone_id;
--> statement-breakpoint
INSERT INTO driver_duty (driver_id, zone_id, starts_at, ends_at)
  SELECT d.user_id, d.zone_id, change.at, change.until
  FROM (
    SELECT stream_id, on_duty, at, lead(at) OVER (PARTITION BY stream_id ORDER BY version) AS until
    FROM (
      SELECT stream_id, version, at, on_duty,
        lag(on_duty, 1, false) OVER (PARTITION BY stream_id ORDER BY version) AS was
      FROM (
        SELECT stream_id, version, at, (data #>> '{driver,online}')::boolean
          AND data #>> '{driver,breakSince}' IS NULL AS on_duty
        FROM events WHERE stream = 'driver' AND data ? 'driver'
      ) states
    ) states
    WHERE on_duty <> was
  ) change
  JOIN drivers d ON d.user_id = change.stream_id
  WHERE change.on_duty
  ON CONFLICT DO NOTHING;
--> statement-breakpoint
INSERT INTO relay_cursors (name, xid, position)
  VALUES ('analytics', pg_snapshot_xmin(pg_current_snapshot()), 0);
