-- Restaurants and menus that are edited while customers look at them.
CREATE TABLE photos (
  id uuid PRIMARY KEY,
  restaurant_id uuid NOT NULL REFERENCES restaurants ON DELETE CASCADE,
  media_type text NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png', 'image/webp')),
  width integer NOT NULL CHECK (width > 0),
  height integer NOT NULL CHECK (height > 0),
  bytes integer NOT NULL CHECK (bytes > 0),
  created_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE INDEX photos_restaurant ON photos (restaurant_id);
--> statement-breakpoint
-- Its body is bound to the row's type; written as text below, later columns need not take it down.
DROP FUNCTION open_at(restaurants, timestamptz);
--> statement-breakpoint
ALTER TABLE restaurants
  -- Days on which other hours count than those of the week, in the restaurant's zone:
  -- {"2026-12-25": {"name": "Christmas", "hours": []}}.
  ADD holidays jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(holidays) = 'object'),
  -- Without one the picture is drawn from the name.
  ADD photo_id uuid REFERENCES photos ON DELETE SET NULL,
  ADD version integer NOT NULL DEFAULT 1,
  ADD changed_by text;
--> statement-breakpoint
ALTER TABLE menu_sections
  ADD archived_at timestamptz,
  ADD version integer NOT NULL DEFAULT 1,
  ADD changed_by text;
--> statement-breakpoint
ALTER TABLE menu_items
  -- Off the menu for good; orders of the past keep their own words and prices.
  ADD archived_at timestamptz,
  ADD photo_id uuid REFERENCES photos ON DELETE SET NULL,
  ADD version integer NOT NULL DEFAULT 1,
  ADD changed_by text;
--> statement-breakpoint
-- What an editor saw is told by its version; by whom it was changed since, by name.
CREATE FUNCTION count_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := OLD.version + 1;
  NEW.changed_by :=
    coalesce(nullif(current_setting('app.actor', true), ''), 'database:' || session_user);
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER b_version BEFORE UPDATE ON restaurants FOR EACH ROW
  WHEN ((OLD.name, OLD.kind, OLD.cuisine, OLD.description, OLD.address, OLD.phone, OLD.time_zone,
      OLD.hours, OLD.holidays, OLD.delivery_radius_m, OLD.minimum_order, OLD.delivery_fee_base,
      OLD.delivery_fee_per_km, OLD.prep_minutes, OLD.auto_accept, OLD.pickup_offered,
      OLD.slot_minutes, OLD.slot_capacity, OLD.tax_bp, OLD.photo_id, OLD.version)
    IS DISTINCT FROM (NEW.name, NEW.kind, NEW.cuisine, NEW.description, NEW.address, NEW.phone,
      NEW.time_zone, NEW.hours, NEW.holidays, NEW.delivery_radius_m, NEW.minimum_order,
      NEW.delivery_fee_base, NEW.delivery_fee_per_km, NEW.prep_minutes, NEW.auto_accept,
      NEW.pickup_offered, NEW.slot_minutes, NEW.slot_capacity, NEW.tax_bp, NEW.photo_id, NEW.version)
    OR OLD.location::text IS DISTINCT FROM NEW.location::text
    OR OLD.delivery_area::text IS DISTINCT FROM NEW.delivery_area::text)
  EXECUTE FUNCTION count_version();
--> statement-breakpoint
CREATE TRIGGER b_version BEFORE UPDATE ON menu_sections FOR EACH ROW
  WHEN ((OLD.name, OLD.archived_at) IS DISTINCT FROM (NEW.name, NEW.archived_at))
  EXECUTE FUNCTION count_version();
--> statement-breakpoint
CREATE TRIGGER b_version BEFORE UPDATE ON menu_items FOR EACH ROW
  WHEN ((OLD.name, OLD.description, OLD.price, OLD.allergens, OLD.unit, OLD.photo_id, OLD.archived_at,
      OLD.version)
    IS DISTINCT FROM (NEW.name, NEW.description, NEW.price, NEW.allergens, NEW.unit, NEW.photo_id,
      NEW.archived_at, NEW.version))
  EXECUTE FUNCTION count_version();
--> statement-breakpoint
-- A dish whose options change has changed. One that this very transaction has written has said so.
CREATE FUNCTION change_dishes(dishes uuid[]) RETURNS void LANGUAGE sql AS $$
  UPDATE menu_items SET version = version + 1
  WHERE id = ANY (dishes) AND xmin <> pg_current_xact_id()::xid
$$;
--> statement-breakpoint
CREATE FUNCTION follow_groups() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM change_dishes(ARRAY(SELECT DISTINCT item_id FROM touched));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION follow_options() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM change_dishes(ARRAY(
    SELECT DISTINCT g.item_id FROM touched JOIN menu_option_groups g ON g.id = touched.group_id));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER y_dish AFTER INSERT ON menu_option_groups
  REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION follow_groups();
--> statement-breakpoint
CREATE TRIGGER y_dish_update AFTER UPDATE ON menu_option_groups
  REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION follow_groups();
--> statement-breakpoint
CREATE TRIGGER y_dish_delete AFTER DELETE ON menu_option_groups
  REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION follow_groups();
--> statement-breakpoint
CREATE TRIGGER y_dish AFTER INSERT ON menu_options
  REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION follow_options();
--> statement-breakpoint
CREATE TRIGGER y_dish_update AFTER UPDATE ON menu_options
  REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION follow_options();
--> statement-breakpoint
CREATE TRIGGER y_dish_delete AFTER DELETE ON menu_options
  REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION follow_options();
--> statement-breakpoint
CREATE OR REPLACE FUNCTION menu_item_image(i menu_items) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'id', i.id, 'restaurantId', i.restaurant_id, 'name', i.name,
    'price', i.price, 'soldOut', i.sold_out, 'stock', i.stock, 'version', i.version)
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION log_menu_item() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  item menu_items := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  type text := CASE
    WHEN TG_OP = 'INSERT' THEN 'menu_item.added'
    WHEN TG_OP = 'DELETE' THEN 'menu_item.removed'
    WHEN OLD.archived_at IS NULL AND NEW.archived_at IS NOT NULL THEN 'menu_item.removed'
    WHEN OLD.archived_at IS NOT NULL AND NEW.archived_at IS NULL THEN 'menu_item.added'
    WHEN NEW.version <> OLD.version THEN 'menu_item.edited'
    WHEN NEW.sold_out AND NOT OLD.sold_out THEN 'menu_item.sold_out'
    WHEN OLD.sold_out AND NOT NEW.sold_out THEN 'menu_item.back'
    ELSE 'menu_item.updated' END;
BEGIN
  PERFORM append_event('restaurant', item.restaurant_id, type,
    jsonb_build_object('menuItem', menu_item_image(item)), NULL, NULL, item.restaurant_id);
  RETURN NULL;
END $$;
--> statement-breakpoint
DROP TRIGGER z_log_update ON menu_items;
--> statement-breakpoint
-- Where it stands is told for the whole menu at once, below.
CREATE TRIGGER z_log_update AFTER UPDATE ON menu_items FOR EACH ROW
  WHEN ((OLD.version, OLD.sold_out, OLD.stock) IS DISTINCT FROM (NEW.version, NEW.sold_out, NEW.stock))
  EXECUTE FUNCTION log_menu_item();
--> statement-breakpoint
CREATE FUNCTION log_arrangement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  place uuid;
  places uuid[];
BEGIN
  IF TG_TABLE_NAME = 'menu_items' THEN
    SELECT array_agg(DISTINCT n.restaurant_id) INTO places
    FROM new_rows n JOIN old_rows o USING (id)
    WHERE (n.section_id, n.position) IS DISTINCT FROM (o.section_id, o.position);
  ELSIF TG_OP = 'DELETE' THEN SELECT array_agg(DISTINCT restaurant_id) INTO places FROM old_rows;
  ELSE SELECT array_agg(DISTINCT restaurant_id) INTO places FROM new_rows;
  END IF;
  IF places IS NULL THEN RETURN NULL; END IF;
  FOREACH place IN ARRAY places LOOP
    PERFORM append_event('restaurant', place, 'menu.arranged', '{}', NULL, NULL, place);
  END LOOP;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER z_arranged AFTER UPDATE ON menu_items
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION log_arrangement();
--> statement-breakpoint
CREATE TRIGGER z_arranged AFTER INSERT ON menu_sections
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_arrangement();
--> statement-breakpoint
CREATE TRIGGER z_arranged_update AFTER UPDATE ON menu_sections
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION log_arrangement();
--> statement-breakpoint
CREATE TRIGGER z_arranged_delete AFTER DELETE ON menu_sections
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION log_arrangement();
--> statement-breakpoint
CREATE OR REPLACE FUNCTION restaurant_image(r restaurants) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'id', r.id, 'slug', r.slug, 'name', r.name, 'kind', r.kind, 'cuisine', r.cuisine,
    'description', r.description, 'address', r.address, 'location', point_image(r.location),
    'timeZone', r.time_zone, 'currency', r.currency, 'hours', r.hours, 'holidays', r.holidays,
    'pausedUntil', r.paused_until, 'deliveryRadiusM', r.delivery_radius_m,
    'minimumOrder', r.minimum_order, 'deliveryFeeBase', r.delivery_fee_base,
    'deliveryFeePerKm', r.delivery_fee_per_km, 'prepMinutes', r.prep_minutes,
    'autoAccept', r.auto_accept, 'rating', r.rating, 'ratingCount', r.rating_count,
    'pickupOffered', r.pickup_offered, 'slotMinutes', r.slot_minutes,
    'slotCapacity', r.slot_capacity, 'taxBp', r.tax_bp, 'photoId', r.photo_id,
    'version', r.version)
$$;
--> statement-breakpoint
-- Whether it is open so many minutes after midnight of `day`; 1440 and more is the night after.
CREATE FUNCTION open_on(r restaurants, day timestamp, minute integer) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  other jsonb := r.holidays -> to_char(day, 'YYYY-MM-DD');
  span jsonb;
  opens integer;
  closes integer;
BEGIN
  FOR span IN SELECT jsonb_array_elements(coalesce(other -> 'hours', r.hours)) LOOP
    CONTINUE WHEN other IS NULL AND (span ->> 'day')::integer <> extract(isodow FROM day);
    opens := left(span ->> 'opens', 2)::integer * 60 + right(span ->> 'opens', 2)::integer;
    closes := left(span ->> 'closes', 2)::integer * 60 + right(span ->> 'closes', 2)::integer;
    IF closes <= opens THEN closes := closes + 1440; END IF;
    IF minute >= opens AND minute < closes THEN RETURN true; END IF;
  END LOOP;
  RETURN false;
END $$;
--> statement-breakpoint
CREATE FUNCTION open_by_days(r restaurants, wall timestamp) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT open_on(r, date_trunc('day', wall), minute) OR open_on(r, date_trunc('day', wall) - interval '1 day', minute + 1440)
  FROM (SELECT (extract(hour FROM wall) * 60 + extract(minute FROM wall))::integer AS minute) clock
$$;
--> statement-breakpoint
-- The hours of the week, unless today or yesterday, whose night may reach into today, is another day.
CREATE FUNCTION open_at(r restaurants, moment timestamptz) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT (r.paused_until IS NULL OR r.paused_until <= moment)
    AND CASE
      WHEN r.holidays <> '{}' AND r.holidays ?| ARRAY[
        to_char(moment AT TIME ZONE r.time_zone, 'YYYY-MM-DD'),
        to_char(moment AT TIME ZONE r.time_zone - interval '1 day', 'YYYY-MM-DD')]
      THEN open_by_days(r, moment AT TIME ZONE r.time_zone)
      ELSE r.open_minutes @> ((date_part('epoch', moment AT TIME ZONE r.time_zone)::bigint / 60 + 4320) % 10080)::integer
    END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION refresh_search(places uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM restaurant_search WHERE restaurant_id = ANY (places)
    ORDER BY restaurant_id FOR NO KEY UPDATE;
  WITH written AS (
    INSERT INTO restaurant_search AS s (restaurant_id, reach, document)
    SELECT r.id, reach(r.location, r.delivery_radius_m, r.delivery_area),
      setweight(to_tsvector('simple', fold(r.name)), 'A')
      || setweight(to_tsvector('simple', fold(r.cuisine)), 'B')
      || setweight(to_tsvector('simple', fold(left(menu.names, 200000))), 'C')
      || setweight(to_tsvector('simple', fold(left(r.description || ' ' || menu.descriptions, 200000))), 'D')
    FROM restaurants r, LATERAL (
      SELECT coalesce(string_agg(name, ' '), '') AS names,
        coalesce(string_agg(description, ' '), '') AS descriptions
      FROM menu_items WHERE restaurant_id = r.id AND archived_at IS NULL) menu
    WHERE r.id = ANY (places)
    ORDER BY r.id
    ON CONFLICT (restaurant_id) DO UPDATE SET reach = excluded.reach, document = excluded.document
    RETURNING document
  )
  INSERT INTO search_words (word)
  SELECT DISTINCT lexeme FROM written, unnest(tsvector_to_array(document)) lexeme
  WHERE length(lexeme) BETWEEN 2 AND 40 AND lexeme !~ '[0-9]'
  ORDER BY 1
  ON CONFLICT DO NOTHING;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION search_menu() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  places uuid[];
BEGIN
  IF TG_OP = 'UPDATE' THEN
    SELECT array_agg(DISTINCT n.restaurant_id) INTO places
    FROM new_items n JOIN old_items o USING (id)
    WHERE (n.name, n.description, n.archived_at) IS DISTINCT FROM (o.name, o.description, o.archived_at);
  ELSIF TG_OP = 'INSERT' THEN SELECT array_agg(DISTINCT restaurant_id) INTO places FROM new_items;
  ELSE SELECT array_agg(DISTINCT restaurant_id) INTO places FROM old_items;
  END IF;
  IF places IS NOT NULL THEN PERFORM refresh_search(places); END IF;
  RETURN NULL;
END $$;
