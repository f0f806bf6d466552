-- What a kitchen must see is set on a screen now: who did is kept, and how many changes there were is the
-- version that two admins compare.
ALTER TABLE changes DROP CONSTRAINT changes_area_check;
--> statement-breakpoint
ALTER TABLE changes ADD CONSTRAINT changes_area_check
  CHECK (area IN ('person', 'invitation', 'zone', 'promo', 'settings', 'key', 'webhook', 'restaurant'));
--> statement-breakpoint
CREATE FUNCTION log_ladder() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ladder must_see_ladders := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
BEGIN
  -- With the restaurant goes its ladder: nobody has changed that.
  IF TG_OP = 'DELETE' AND ladder.restaurant_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM restaurants WHERE id = ladder.restaurant_id) THEN RETURN NULL; END IF;
  PERFORM record_change('restaurant', ladder.restaurant_id, 'restaurant.ladder_changed',
    jsonb_build_object('ladder', CASE TG_OP WHEN 'DELETE' THEN NULL ELSE NEW.ladder END));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER z_log AFTER INSERT OR DELETE ON must_see_ladders
  FOR EACH ROW EXECUTE FUNCTION log_ladder();
--> statement-breakpoint
CREATE TRIGGER z_log_update AFTER UPDATE ON must_see_ladders
  FOR EACH ROW WHEN (OLD.ladder IS DISTINCT FROM NEW.ladder) EXECUTE FUNCTION log_ladder();
