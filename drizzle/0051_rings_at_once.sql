-- As before, but by the ladder of those who have set none (`DEFAULT_LADDER` in `domain/must-see`, which a test holds this
-- to) a kitchen's tablets ring at once: that rung is reached with the raise, not by a round, an update and an event of its own.
CREATE OR REPLACE FUNCTION raise_must_see(o orders, event text, raised_at timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  -- From the first rung to the second.
  rings interval := CASE raise_must_see.event
    WHEN 'placed' THEN interval '45 s' WHEN 'cancelled' THEN interval '60 s' ELSE interval '120 s' END;
BEGIN
  IF EXISTS (SELECT FROM must_see_ladders l
      WHERE l.restaurant_id = o.restaurant_id OR l.restaurant_id IS NULL) THEN
    rings := NULL;
  END IF;
  INSERT INTO must_sees (order_id, restaurant_id, event, raised_at, climbed, next_at)
    VALUES (o.id, o.restaurant_id, raise_must_see.event, raise_must_see.raised_at,
      CASE WHEN rings IS NULL THEN '{}'::text[] ELSE '{sound}' END,
      raise_must_see.raised_at + coalesce(rings, interval '0'))
    ON CONFLICT DO NOTHING;
END $$;
