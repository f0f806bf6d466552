-- A restaurant keeps the addresses that it had: links to them lead on, and nobody else gets them.
CREATE TABLE former_slugs (
  slug text PRIMARY KEY,
  restaurant_id uuid NOT NULL REFERENCES restaurants ON DELETE CASCADE
);
--> statement-breakpoint
-- Those of one restaurant, when it is deleted.
CREATE INDEX former_slugs_restaurant ON former_slugs (restaurant_id);
--> statement-breakpoint
CREATE FUNCTION keep_slug() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM former_slugs WHERE slug = NEW.slug AND restaurant_id <> NEW.id) THEN
    RAISE EXCEPTION 'the address % leads to another restaurant', NEW.slug
      USING ERRCODE = 'unique_violation';
  END IF;
  DELETE FROM former_slugs WHERE slug = NEW.slug;
  IF TG_OP = 'UPDATE' THEN
    INSERT INTO former_slugs (slug, restaurant_id) VALUES (OLD.slug, NEW.id);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER y_slug AFTER INSERT ON restaurants
  FOR EACH ROW EXECUTE FUNCTION keep_slug();
--> statement-breakpoint
CREATE TRIGGER y_slug_update AFTER UPDATE OF slug ON restaurants
  FOR EACH ROW WHEN (OLD.slug <> NEW.slug) EXECUTE FUNCTION keep_slug();
--> statement-breakpoint
-- The address is edited like the rest.
CREATE TRIGGER b_version_slug BEFORE UPDATE OF slug ON restaurants
  FOR EACH ROW WHEN (OLD.slug <> NEW.slug) EXECUTE FUNCTION count_version();
--> statement-breakpoint
-- What all kitchens must see is one of the settings.
CREATE OR REPLACE FUNCTION log_ladder() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ladder must_see_ladders := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  area text := CASE WHEN ladder.restaurant_id IS NULL THEN 'settings' ELSE 'restaurant' END;
BEGIN
  -- With the restaurant goes its ladder: nobody has changed that.
  IF TG_OP = 'DELETE' AND ladder.restaurant_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM restaurants WHERE id = ladder.restaurant_id) THEN RETURN NULL; END IF;
  PERFORM record_change(area, ladder.restaurant_id, area || '.ladder_changed',
    jsonb_build_object('ladder', CASE TG_OP WHEN 'DELETE' THEN NULL ELSE NEW.ladder END));
  RETURN NULL;
END $$;
--> statement-breakpoint
UPDATE changes SET area = 'settings', type = 'settings.ladder_changed'
WHERE type = 'restaurant.ladder_changed' AND subject_id IS NULL;
--> statement-breakpoint
-- By what means somebody acted: 'api' for their programs, none for our pages. The actor says who it was.
ALTER TABLE events ADD COLUMN via text DEFAULT nullif(current_setting('app.via', true), '');
