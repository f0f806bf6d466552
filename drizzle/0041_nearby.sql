-- Finding what delivers here on a plane: boxes on a globe overlap, those on a plane hardly do.
-- A latitude on Mercator's plane, in radians of the equator, as far as there is one.
CREATE FUNCTION mercator_y(lat float8) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ln(tan(pi() / 4 + radians(least(greatest(lat, -89.9), 89.9)) / 2));
--> statement-breakpoint
-- Where a place lies on that plane: distances there are those of the globe times 1 / cos(latitude).
-- RETURN binds its functions now: indexes are built where the search path does not lead to PostGIS.
CREATE FUNCTION mercator(place geography) RETURNS point LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN point(radians(ST_X(place::geometry)), mercator_y(ST_Y(place::geometry)));
--> statement-breakpoint
-- A box on that plane around all that is delivered to, never too small. A radius is stretched as much as it would be
-- at its end that is nearer to a pole; across the date line or near a pole it is a band around the globe. Drawn areas
-- are drawn on a plane. PL/pgSQL, since it is worked out when a place is written and never when one is looked for.
-- The cost is what a bitmap of the index is charged for each row, and the index in its order is not: the planner takes
-- those who deliver to a door for few, and would rather read and sort them all.
CREATE FUNCTION mercator_reach(location geography, radius_m integer, area geography) RETURNS box
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 SET search_path FROM CURRENT AS $$
DECLARE
  hair CONSTANT float8 := 1e-9; -- 6 mm
  angle CONSTANT float8 := degrees(radius_m / 6371008.7714) * 1.000001;
  drawn CONSTANT geometry := area::geometry;
  west float8 := ST_X(location::geometry);
  east float8 := west;
  south float8 := ST_Y(location::geometry);
  north float8 := south;
  poleward float8;
  half float8;
BEGIN
  IF drawn IS NOT NULL THEN
    west := ST_XMin(drawn);
    east := ST_XMax(drawn);
    south := ST_YMin(drawn);
    north := ST_YMax(drawn);
  ELSE
    south := south - angle;
    north := north + angle;
    poleward := greatest(north, -south);
    half := CASE WHEN poleward <= 80 THEN angle / cos(radians(poleward)) ELSE 360 END;
    IF west - half <= -180 OR east + half >= 180 THEN half := 360; END IF;
    west := west - half;
    east := east + half;
  END IF;
  RETURN box(point(radians(west) - hair, mercator_y(south) - hair),
    point(radians(east) + hair, mercator_y(north) + hair));
END $$;
--> statement-breakpoint
DROP INDEX restaurants_reach;
--> statement-breakpoint
DROP INDEX restaurants_shops;
--> statement-breakpoint
DROP INDEX restaurants_cuisine;
--> statement-breakpoint
-- The nearest that deliver to a point. With the reach in the index, those that don't are never read.
CREATE INDEX restaurants_reach ON restaurants
  USING gist (mercator(location), mercator_reach(location, delivery_radius_m, delivery_area));
--> statement-breakpoint
-- The same for shops, which are few among restaurants.
CREATE INDEX restaurants_shops ON restaurants
  USING gist (mercator(location), mercator_reach(location, delivery_radius_m, delivery_area))
  WHERE kind <> 'restaurant';
--> statement-breakpoint
-- The same for one cuisine; partial, so that a search without one can't take it.
CREATE INDEX restaurants_cuisine ON restaurants
  USING gist (cuisine, mercator(location), mercator_reach(location, delivery_radius_m, delivery_area))
  WHERE cuisine <> '';
