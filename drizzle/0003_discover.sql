CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
-- How text is compared: lower case, without accents; Arabic without vowel signs, its variant letters as one.
CREATE FUNCTION fold(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT translate(
    regexp_replace(
      normalize(replace(replace(replace(lower(words), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), NFD),
      '[\u0300-\u036f\u0640\u064b-\u065f\u0670]', '', 'g'),
    'øłđıðþىةٱ’', 'oldidtيها''')
$$;
--> statement-breakpoint
ALTER TABLE restaurants
  ADD kind text NOT NULL DEFAULT 'restaurant'
    CHECK (kind IN ('restaurant', 'grocery', 'pharmacy')),
  -- Replaces the radius where it is set.
  ADD delivery_area geography(Polygon, 4326),
  ADD pickup_offered boolean NOT NULL DEFAULT true,
  ADD slot_minutes integer NOT NULL DEFAULT 15 CHECK (slot_minutes BETWEEN 5 AND 240),
  -- Orders per window; 0 is no limit.
  ADD slot_capacity integer NOT NULL DEFAULT 0 CHECK (slot_capacity >= 0),
  ADD tax_bp integer NOT NULL DEFAULT 0 CHECK (tax_bp BETWEEN 0 AND 10000);
--> statement-breakpoint
ALTER TABLE zones
  -- For doors in this zone, minor units.
  ADD delivery_surcharge integer NOT NULL DEFAULT 0 CHECK (delivery_surcharge >= 0),
  ADD tax_included boolean NOT NULL DEFAULT true;
--> statement-breakpoint
ALTER TABLE menu_items
  ADD allergens text[] NOT NULL DEFAULT '{}' CHECK (allergens <@ ARRAY['celery', 'crustaceans',
    'eggs', 'fish', 'gluten', 'lupin', 'milk', 'molluscs', 'mustard', 'nuts', 'peanuts', 'sesame',
    'soy', 'sulphites']),
  -- Null: not counted.
  ADD stock integer CHECK (stock >= 0),
  ADD unit text NOT NULL DEFAULT '';
--> statement-breakpoint
-- What is counted and gone is sold out; restocked, it is back.
CREATE FUNCTION follow_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.stock = 0 THEN NEW.sold_out := true;
  ELSIF TG_OP = 'UPDATE' AND OLD.stock = 0 THEN NEW.sold_out := false;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER a_stock BEFORE INSERT OR UPDATE ON menu_items
  FOR EACH ROW EXECUTE FUNCTION follow_stock();
--> statement-breakpoint
CREATE FUNCTION menu_item_image(i menu_items) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'id', i.id, 'restaurantId', i.restaurant_id, 'name', i.name,
    'price', i.price, 'soldOut', i.sold_out, 'stock', i.stock)
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION log_menu_item() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  item menu_items := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  type text := CASE
    WHEN TG_OP = 'INSERT' THEN 'menu_item.added'
    WHEN TG_OP = 'DELETE' THEN 'menu_item.removed'
    WHEN NEW.sold_out AND NOT OLD.sold_out THEN 'menu_item.sold_out'
    WHEN OLD.sold_out AND NOT NEW.sold_out THEN 'menu_item.back'
    ELSE 'menu_item.updated' END;
BEGIN
  PERFORM append_event('restaurant', item.restaurant_id, type,
    jsonb_build_object('menuItem', menu_item_image(item)), NULL, NULL, item.restaurant_id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION restaurant_image(r restaurants) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'id', r.id, 'slug', r.slug, 'name', r.name, 'kind', r.kind, 'cuisine', r.cuisine,
    'description', r.description, 'address', r.address, 'location', point_image(r.location),
    'timeZone', r.time_zone, 'currency', r.currency, 'hours', r.hours,
    'pausedUntil', r.paused_until, 'deliveryRadiusM', r.delivery_radius_m,
    'minimumOrder', r.minimum_order, 'deliveryFeeBase', r.delivery_fee_base,
    'deliveryFeePerKm', r.delivery_fee_per_km, 'prepMinutes', r.prep_minutes,
    'autoAccept', r.auto_accept, 'rating', r.rating, 'ratingCount', r.rating_count,
    'pickupOffered', r.pickup_offered, 'slotMinutes', r.slot_minutes,
    'slotCapacity', r.slot_capacity, 'taxBp', r.tax_bp)
$$;
--> statement-breakpoint
-- Whether a place delivers to a point: by its polygon (edges straight on the map, border included), else
-- by its radius (great circle, the radius itself included).
CREATE FUNCTION delivers_to(r restaurants, door geography) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN r.delivery_area IS NULL
    THEN ST_Distance(r.location, door, false) <= r.delivery_radius_m
    ELSE ST_Covers(r.delivery_area::geometry, door::geometry) END
$$;
--> statement-breakpoint
CREATE TABLE saved_addresses (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  label text NOT NULL CHECK (length(label) BETWEEN 1 AND 40),
  address text NOT NULL CHECK (length(address) BETWEEN 3 AND 200),
  note text NOT NULL DEFAULT '' CHECK (length(note) <= 300),
  location geography(Point, 4326) NOT NULL,
  used_at timestamptz NOT NULL DEFAULT now(),
  created_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
-- A person's own, the last used first.
CREATE INDEX saved_addresses_user ON saved_addresses (user_id, used_at DESC);
--> statement-breakpoint
-- Doors that the built-in geocoder knows.
CREATE TABLE known_addresses (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  street text NOT NULL,
  number text NOT NULL,
  district text NOT NULL DEFAULT '',
  location geography(Point, 4326) NOT NULL,
  search text NOT NULL GENERATED ALWAYS AS (fold(street || ' ' || number || ' ' || district)) STORED
);
--> statement-breakpoint
-- What people type.
CREATE INDEX known_addresses_search ON known_addresses USING gin (search gin_trgm_ops);
--> statement-breakpoint
-- The door nearest to a pin.
CREATE INDEX known_addresses_location ON known_addresses USING gist (location);
