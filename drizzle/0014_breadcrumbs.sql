-- Where drivers were, sampled (see domain/position): written in the same statement as the latest fix.
-- A table for each day, so that forgetting is a DROP and not a DELETE of millions of rows.
CREATE TABLE breadcrumbs (
  driver_id uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  location geography(Point, 4326) NOT NULL,
  -- One driver's way, in order; the same fix sent again changes nothing.
  PRIMARY KEY (driver_id, recorded_at)
) PARTITION BY RANGE (recorded_at);
--> statement-breakpoint
-- Days that have no table yet.
CREATE TABLE breadcrumbs_rest PARTITION OF breadcrumbs DEFAULT;
--> statement-breakpoint
-- No foreign key: looking each row's driver up again would cost more than writing it. Hence this.
CREATE FUNCTION forget_breadcrumbs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM breadcrumbs WHERE driver_id = OLD.user_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER x_forget_breadcrumbs AFTER DELETE ON drivers
  FOR EACH ROW EXECUTE FUNCTION forget_breadcrumbs();
--> statement-breakpoint
-- Makes the tables of today and the two days to come, and drops those of days that are over for longer
-- than `keep_days`. Days are those of UTC. May be called at any time, by several at once.
CREATE FUNCTION keep_breadcrumbs(moment timestamptz, keep_days integer) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  today date := (moment AT TIME ZONE 'UTC')::date;
  day date;
  part text;
  starts text;
  ends text;
BEGIN
  -- Somebody else is at it.
  IF NOT pg_try_advisory_xact_lock(hashtext('keep_breadcrumbs')) THEN RETURN; END IF;
  FOR ahead IN 0..2 LOOP
    day := today + ahead;
    part := 'breadcrumbs_' || to_char(day, 'YYYYMMDD');
    CONTINUE WHEN to_regclass(part) IS NOT NULL;
    starts := to_char(day, 'YYYY-MM-DD') || ' 00:00:00+00';
    ends := to_char(day + 1, 'YYYY-MM-DD') || ' 00:00:00+00';
    -- What came before its day had a table moves over; nobody adds to it meanwhile.
    LOCK TABLE breadcrumbs_rest IN ACCESS EXCLUSIVE MODE;
    EXECUTE format('CREATE TABLE %I (LIKE breadcrumbs INCLUDING ALL)', part);
    EXECUTE format('WITH moved AS (DELETE FROM breadcrumbs_rest
      WHERE recorded_at >= %L AND recorded_at < %L RETURNING *) INSERT INTO %I SELECT * FROM moved',
      starts, ends, part);
    EXECUTE format('ALTER TABLE breadcrumbs ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
      part, starts, ends);
  END LOOP;
  FOR part IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'breadcrumbs'::regclass AND c.relname ~ '^breadcrumbs_[0-9]{8}$'
      AND to_date(right(c.relname, 8), 'YYYYMMDD') < today - keep_days
  LOOP
    EXECUTE format('DROP TABLE %I', part);
  END LOOP;
  DELETE FROM breadcrumbs_rest WHERE recorded_at < moment - make_interval(days => keep_days);
END $$;
