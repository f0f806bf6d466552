-- Finding the drivers near a pickup on a plane, as restaurants are found: see `mercator`.
CREATE INDEX driver_positions_free ON driver_positions USING gist (mercator(location)) WHERE available;
--> statement-breakpoint
DROP INDEX driver_positions_available;
--> statement-breakpoint
-- Online, whether or not there is room: kept by triggers, beside `available`.
ALTER TABLE driver_positions ADD COLUMN on_duty boolean NOT NULL DEFAULT false;
--> statement-breakpoint
UPDATE driver_positions p SET on_duty = true
FROM drivers d WHERE d.user_id = p.driver_id AND d.online;
--> statement-breakpoint
-- Those nearby who were not asked since they have no room or no time: why not Ben?
CREATE INDEX driver_positions_busy ON driver_positions USING gist (mercator(location))
  WHERE on_duty AND NOT available;
--> statement-breakpoint
-- As before, and says who is on duty.
CREATE OR REPLACE FUNCTION refresh_availability(driver uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  here drivers;
  free boolean;
BEGIN
  SELECT * INTO here FROM drivers WHERE user_id = driver FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  free := here.online AND here.break_since IS NULL AND NOT here.shift_over
    AND (here.shift_ends_at IS NULL OR here.shift_ends_at > now())
    AND (SELECT count(DISTINCT run_id) FROM offers WHERE driver_id = driver AND status = 'pending')
      < questions_at_once(here.zone_id)
    AND here.capacity > (
      SELECT count(*) FROM deliveries
      WHERE driver_id = driver
        AND status IN ('assigned', 'at_pickup', 'picked_up', 'at_dropoff', 'failed', 'returning'));
  UPDATE driver_positions SET available = free, on_duty = here.online
  WHERE driver_id = driver AND (available, on_duty) IS DISTINCT FROM (free, here.online);
END $$;
