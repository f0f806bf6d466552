-- Finding what delivers here: by place, by opening, by words with typing errors.
CREATE EXTENSION IF NOT EXISTS btree_gist;
--> statement-breakpoint
DROP INDEX known_addresses_search;
--> statement-breakpoint
ALTER TABLE known_addresses DROP COLUMN search;
--> statement-breakpoint
-- How text is compared: lower case, without accents and punctuation, one space between words; Arabic
-- without vowel signs, its variant letters as one; Latin digits.
CREATE OR REPLACE FUNCTION fold(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT btrim(regexp_replace(
    translate(
      regexp_replace(
        normalize(replace(replace(replace(lower(words), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), NFD),
        '[''’\u0300-\u036f\u0640\u064b-\u065f\u0670]', '', 'g'),
      'øłđıðþىةٱ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', 'oldidtيها01234567890123456789'),
    '[\s!-/:-@[-`{-~¡-¿«»–—‘“”…•،؛؟]+', ' ', 'g'))
$$;
--> statement-breakpoint
ALTER TABLE known_addresses ADD search text NOT NULL
  GENERATED ALWAYS AS (fold(street || ' ' || number || ' ' || district)) STORED;
--> statement-breakpoint
-- What people type.
CREATE INDEX known_addresses_search ON known_addresses USING gin (search gin_trgm_ops);
--> statement-breakpoint
-- Weekly hours as minutes since Monday 00:00, cut at the end of the week.
CREATE FUNCTION open_minutes(hours jsonb) RETURNS int4multirange
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  entry jsonb;
  midnight integer;
  opens integer;
  closes integer;
  spans int4range[] := '{}';
BEGIN
  FOR entry IN SELECT jsonb_array_elements(hours) LOOP
    midnight := ((entry ->> 'day')::integer - 1) * 1440;
    opens := midnight + left(entry ->> 'opens', 2)::integer * 60 + right(entry ->> 'opens', 2)::integer;
    closes := midnight + left(entry ->> 'closes', 2)::integer * 60 + right(entry ->> 'closes', 2)::integer;
    IF closes <= opens THEN closes := closes + 1440; END IF;
    spans := spans || int4range(opens, least(closes, 10080));
    IF closes > 10080 THEN spans := spans || int4range(0, closes - 10080); END IF;
  END LOOP;
  RETURN int4multirange(VARIADIC spans);
END $$;
--> statement-breakpoint
ALTER TABLE restaurants
  ADD open_minutes int4multirange NOT NULL GENERATED ALWAYS AS (open_minutes(hours)) STORED,
  ADD CHECK (delivery_area IS NULL OR ST_IsValid(delivery_area::geometry));
--> statement-breakpoint
-- 1970 began on a Thursday, 4320 minutes into its week.
CREATE FUNCTION open_at(r restaurants, moment timestamptz) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (r.paused_until IS NULL OR r.paused_until <= moment)
  AND r.open_minutes @> ((date_part('epoch', moment AT TIME ZONE r.time_zone)::bigint / 60 + 4320) % 10080)::integer;
--> statement-breakpoint
-- A box around all that is delivered to. The corners of a drawn area are joined by lines that are straight
-- on the map, which the box of a geography is not made for: many short ones are, to 1 m.
-- RETURN binds its functions now: indexes are built where the search path does not lead to PostGIS.
CREATE FUNCTION reach(location geography, radius_m integer, area geography) RETURNS geography
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN area IS NULL THEN _ST_Expand(location, radius_m)
  ELSE _ST_Expand(ST_Segmentize(area::geometry, 0.05)::geography, 10) END;
--> statement-breakpoint
DROP INDEX restaurants_location;
--> statement-breakpoint
-- The nearest that deliver to a point. With the reach in the index, those that don't are never read.
CREATE INDEX restaurants_reach ON restaurants
  USING gist (location, reach(location, delivery_radius_m, delivery_area));
--> statement-breakpoint
-- The same for shops, which are few among restaurants.
CREATE INDEX restaurants_shops ON restaurants
  USING gist (location, reach(location, delivery_radius_m, delivery_area)) WHERE kind <> 'restaurant';
--> statement-breakpoint
-- The same for one cuisine; partial, so that a search without one can't take it.
CREATE INDEX restaurants_cuisine ON restaurants
  USING gist (cuisine, location, reach(location, delivery_radius_m, delivery_area))
  WHERE cuisine <> '';
--> statement-breakpoint
-- What can be found by words: A name, B cuisine, C dishes, D descriptions. Kept by triggers.
CREATE TABLE restaurant_search (
  restaurant_id uuid PRIMARY KEY REFERENCES restaurants ON DELETE CASCADE,
  reach geography NOT NULL,
  document tsvector NOT NULL
);
--> statement-breakpoint
-- First what delivers here, then what matches: no word is as rare as a place.
CREATE INDEX restaurant_search_reach ON restaurant_search USING gist (reach);
--> statement-breakpoint
-- A word and what is left of it without one letter: two words that differ by one slip share one of these.
CREATE FUNCTION deletions(word text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT array_agg(DISTINCT overlay(word PLACING '' FROM n FOR 1)) || word
  FROM generate_series(1, length(word)) n
$$;
--> statement-breakpoint
-- Every word that can be found. Words that nothing holds any more do no harm.
CREATE TABLE search_words (
  word text COLLATE "C" PRIMARY KEY CHECK (length(word) BETWEEN 2 AND 40),
  slips text[] NOT NULL GENERATED ALWAYS AS (deletions(word)) STORED
);
--> statement-breakpoint
CREATE INDEX search_words_slips ON search_words USING gin (slips);
--> statement-breakpoint
CREATE INDEX search_words_trigrams ON search_words USING gin (word gin_trgm_ops);
--> statement-breakpoint
-- The rows are locked first, so that of two menus that change at once the second sees the first.
CREATE FUNCTION refresh_search(places uuid[]) RETURNS void LANGUAGE plpgsql AS $$
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
      FROM menu_items WHERE restaurant_id = r.id) menu
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
CREATE FUNCTION search_restaurant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refresh_search(ARRAY[NEW.id]);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER zz_search AFTER INSERT
  OR UPDATE OF name, cuisine, description, location, delivery_radius_m, delivery_area ON restaurants
  FOR EACH ROW EXECUTE FUNCTION search_restaurant();
--> statement-breakpoint
-- Once a statement: a menu of a hundred dishes is read once. Stock that goes down changes no words.
CREATE FUNCTION search_menu() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  places uuid[];
BEGIN
  IF TG_OP = 'UPDATE' THEN
    SELECT array_agg(DISTINCT n.restaurant_id) INTO places
    FROM new_items n JOIN old_items o USING (id)
    WHERE (n.name, n.description) IS DISTINCT FROM (o.name, o.description);
  ELSIF TG_OP = 'INSERT' THEN SELECT array_agg(DISTINCT restaurant_id) INTO places FROM new_items;
  ELSE SELECT array_agg(DISTINCT restaurant_id) INTO places FROM old_items;
  END IF;
  IF places IS NOT NULL THEN PERFORM refresh_search(places); END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER zz_search AFTER INSERT ON menu_items
  REFERENCING NEW TABLE AS new_items FOR EACH STATEMENT EXECUTE FUNCTION search_menu();
--> statement-breakpoint
CREATE TRIGGER zz_search_update AFTER UPDATE ON menu_items
  REFERENCING OLD TABLE AS old_items NEW TABLE AS new_items
  FOR EACH STATEMENT EXECUTE FUNCTION search_menu();
--> statement-breakpoint
CREATE TRIGGER zz_search_delete AFTER DELETE ON menu_items
  REFERENCING OLD TABLE AS old_items FOR EACH STATEMENT EXECUTE FUNCTION search_menu();
--> statement-breakpoint
SELECT refresh_search(ARRAY(SELECT id FROM restaurants));
