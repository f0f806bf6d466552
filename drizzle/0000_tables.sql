CREATE EXTENSION IF NOT EXISTS postgis;
--> statement-breakpoint
-- Time-ordered ids (RFC 9562, version 7) for rows that are typed in by hand; services bring their own.
CREATE FUNCTION uuid_v7() RETURNS uuid LANGUAGE sql VOLATILE AS $$
  SELECT encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid())
        PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
        FROM 1 FOR 6),
      52, 1), 53, 1), 'hex')::uuid
$$;
--> statement-breakpoint
-- One row: which history this is. A restored backup gets a new epoch, so that old cursors resync.
CREATE TABLE installation (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  epoch text NOT NULL DEFAULT substr(md5(gen_random_uuid()::text), 1, 12),
  demo boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
INSERT INTO installation DEFAULT VALUES;
--> statement-breakpoint
CREATE TABLE zones (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  slug text NOT NULL UNIQUE,
  name text NOT NULL,
  area geography(Polygon, 4326) NOT NULL,
  time_zone text NOT NULL,
  currency char(3) NOT NULL,
  dispatch_policy jsonb NOT NULL DEFAULT '{}'
);
--> statement-breakpoint
-- Which zone is this point in.
CREATE INDEX zones_area ON zones USING gist (area);
--> statement-breakpoint
CREATE TABLE users (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  email text NOT NULL CHECK (email = lower(email)),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  password_hash text NOT NULL,
  role text NOT NULL CHECK (role IN ('customer', 'driver', 'admin')),
  demo boolean NOT NULL DEFAULT false,
  blocked_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE UNIQUE INDEX users_email ON users (email);
--> statement-breakpoint
CREATE TABLE sessions (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz
);
--> statement-breakpoint
CREATE INDEX sessions_user ON sessions (user_id);
--> statement-breakpoint
CREATE TABLE restaurants (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  zone_id uuid NOT NULL REFERENCES zones,
  slug text NOT NULL UNIQUE,
  name text NOT NULL,
  cuisine text NOT NULL,
  description text NOT NULL DEFAULT '',
  address text NOT NULL,
  location geography(Point, 4326) NOT NULL,
  time_zone text NOT NULL,
  currency char(3) NOT NULL,
  hours jsonb NOT NULL,
  paused_until timestamptz,
  delivery_radius_m integer NOT NULL CHECK (delivery_radius_m > 0),
  minimum_order integer NOT NULL DEFAULT 0 CHECK (minimum_order >= 0),
  delivery_fee_base integer NOT NULL CHECK (delivery_fee_base >= 0),
  delivery_fee_per_km integer NOT NULL CHECK (delivery_fee_per_km >= 0),
  prep_minutes integer NOT NULL CHECK (prep_minutes BETWEEN 0 AND 240),
  auto_accept boolean NOT NULL DEFAULT false,
  rating numeric(2, 1),
  rating_count integer NOT NULL DEFAULT 0
);
--> statement-breakpoint
-- Restaurants near a point, nearest first.
CREATE INDEX restaurants_location ON restaurants USING gist (location);
--> statement-breakpoint
CREATE TABLE menu_sections (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  restaurant_id uuid NOT NULL REFERENCES restaurants ON DELETE CASCADE,
  name text NOT NULL,
  position integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX menu_sections_restaurant ON menu_sections (restaurant_id, position);
--> statement-breakpoint
CREATE TABLE menu_items (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  restaurant_id uuid NOT NULL REFERENCES restaurants ON DELETE CASCADE,
  section_id uuid NOT NULL REFERENCES menu_sections ON DELETE CASCADE,
  name text NOT NULL,
  description text NOT NULL DEFAULT '',
  price integer NOT NULL CHECK (price >= 0),
  sold_out boolean NOT NULL DEFAULT false,
  position integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX menu_items_restaurant ON menu_items (restaurant_id, position);
--> statement-breakpoint
CREATE INDEX menu_items_section ON menu_items (section_id);
--> statement-breakpoint
CREATE TABLE menu_option_groups (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  item_id uuid NOT NULL REFERENCES menu_items ON DELETE CASCADE,
  name text NOT NULL,
  min integer NOT NULL DEFAULT 0 CHECK (min >= 0),
  max integer NOT NULL DEFAULT 1 CHECK (max >= min),
  position integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX menu_option_groups_item ON menu_option_groups (item_id, position);
--> statement-breakpoint
CREATE TABLE menu_options (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  group_id uuid NOT NULL REFERENCES menu_option_groups ON DELETE CASCADE,
  name text NOT NULL,
  price integer NOT NULL DEFAULT 0 CHECK (price >= 0),
  sold_out boolean NOT NULL DEFAULT false,
  position integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX menu_options_group ON menu_options (group_id, position);
--> statement-breakpoint
CREATE TABLE drivers (
  user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  zone_id uuid NOT NULL REFERENCES zones,
  vehicle text NOT NULL CHECK (vehicle IN ('bike', 'scooter', 'car')),
  capacity integer NOT NULL DEFAULT 1 CHECK (capacity BETWEEN 1 AND 10),
  online boolean NOT NULL DEFAULT false,
  online_since timestamptz
);
--> statement-breakpoint
-- The latest fix per driver: a row each, overwritten in batches. `available` is kept by triggers.
CREATE TABLE driver_positions (
  driver_id uuid PRIMARY KEY REFERENCES drivers ON DELETE CASCADE,
  location geography(Point, 4326) NOT NULL,
  heading_deg real,
  speed_mps real,
  accuracy_m real,
  recorded_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  available boolean NOT NULL DEFAULT false
) WITH (fillfactor = 80);
--> statement-breakpoint
-- The nearest available drivers to a pickup. Partial: 0.10 ms against 2.4 ms when 1 % are free.
CREATE INDEX driver_positions_available ON driver_positions USING gist (location) WHERE available;
--> statement-breakpoint
CREATE SEQUENCE order_numbers START 1001;
--> statement-breakpoint
CREATE TABLE orders (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  number bigint NOT NULL UNIQUE DEFAULT nextval('order_numbers'),
  status text NOT NULL DEFAULT 'placed',
  customer_id uuid NOT NULL REFERENCES users,
  customer_name text NOT NULL,
  restaurant_id uuid NOT NULL REFERENCES restaurants,
  -- What the restaurant was called and where it stood when the order was placed.
  restaurant_name text NOT NULL,
  restaurant_slug text NOT NULL,
  pickup geography(Point, 4326) NOT NULL,
  pickup_address text NOT NULL,
  dropoff geography(Point, 4326) NOT NULL,
  dropoff_address text NOT NULL,
  dropoff_note text NOT NULL DEFAULT '',
  item_count integer NOT NULL CHECK (item_count > 0),
  currency char(3) NOT NULL,
  subtotal integer NOT NULL CHECK (subtotal >= 0),
  delivery_fee integer NOT NULL CHECK (delivery_fee >= 0),
  tip integer NOT NULL DEFAULT 0 CHECK (tip >= 0),
  total integer NOT NULL CHECK (total = subtotal + delivery_fee + tip),
  prep_minutes integer NOT NULL,
  auto_accept boolean NOT NULL DEFAULT false,
  trip_distance_m real NOT NULL,
  time_zone text NOT NULL,
  placed_at timestamptz NOT NULL DEFAULT now(),
  accepted_at timestamptz,
  preparing_at timestamptz,
  ready_at timestamptz,
  closed_at timestamptz,
  ready_estimate_at timestamptz,
  promised_from timestamptz NOT NULL,
  promised_to timestamptz NOT NULL,
  reason text,
  closed_by text
);
--> statement-breakpoint
-- A customer's orders, latest first.
CREATE INDEX orders_customer ON orders (customer_id, placed_at DESC);
--> statement-breakpoint
CREATE INDEX orders_restaurant ON orders (restaurant_id, placed_at DESC);
--> statement-breakpoint
-- The board: what is open, and what was closed lately.
CREATE INDEX orders_open ON orders (placed_at)
  WHERE status IN ('placed', 'accepted', 'preparing', 'ready');
--> statement-breakpoint
CREATE INDEX orders_closed ON orders (closed_at DESC) WHERE closed_at IS NOT NULL;
--> statement-breakpoint
CREATE TABLE order_lines (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  order_id uuid NOT NULL REFERENCES orders ON DELETE CASCADE,
  item_id uuid NOT NULL,
  name text NOT NULL,
  quantity integer NOT NULL CHECK (quantity BETWEEN 1 AND 99),
  unit_price integer NOT NULL CHECK (unit_price >= 0),
  line_total integer NOT NULL CHECK (line_total = unit_price * quantity),
  options jsonb NOT NULL DEFAULT '[]',
  note text NOT NULL DEFAULT '',
  position integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX order_lines_order ON order_lines (order_id, position);
--> statement-breakpoint
CREATE TABLE deliveries (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  order_id uuid NOT NULL UNIQUE REFERENCES orders ON DELETE CASCADE,
  zone_id uuid NOT NULL REFERENCES zones,
  status text NOT NULL DEFAULT 'unassigned',
  driver_id uuid REFERENCES drivers,
  driver_name text,
  driver_vehicle text,
  pickup geography(Point, 4326) NOT NULL,
  pay integer NOT NULL CHECK (pay >= 0),
  -- The search for a driver: attempts in all, rounds that found nobody, and when the next is due.
  attempt integer NOT NULL DEFAULT 0,
  empty_rounds integer NOT NULL DEFAULT 0,
  radius_m real NOT NULL DEFAULT 0,
  search_started_at timestamptz NOT NULL DEFAULT now(),
  next_attempt_at timestamptz DEFAULT now(),
  -- The driver whom it was taken from: not asked again by itself.
  avoid_driver_id uuid,
  assigned_at timestamptz,
  at_pickup_at timestamptz,
  picked_up_at timestamptz,
  at_dropoff_at timestamptz,
  delivered_at timestamptz,
  reason text,
  CHECK ((driver_id IS NULL) = (status IN ('unassigned', 'offering', 'no_driver'))
    OR status = 'cancelled')
);
--> statement-breakpoint
-- What the dispatch loop reads: searches that are due.
CREATE INDEX deliveries_due ON deliveries (next_attempt_at)
  WHERE status IN ('unassigned', 'offering') AND next_attempt_at IS NOT NULL;
--> statement-breakpoint
-- Deliveries without a driver, by the place a driver comes online at.
CREATE INDEX deliveries_waiting ON deliveries USING gist (pickup)
  WHERE status IN ('unassigned', 'offering');
--> statement-breakpoint
-- What a driver carries, and what they carried.
CREATE INDEX deliveries_carried ON deliveries (driver_id)
  WHERE status IN ('assigned', 'at_pickup', 'picked_up', 'at_dropoff', 'failed', 'returning');
--> statement-breakpoint
CREATE INDEX deliveries_done ON deliveries (driver_id, delivered_at DESC) WHERE status = 'delivered';
--> statement-breakpoint
CREATE TABLE offers (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  delivery_id uuid NOT NULL REFERENCES deliveries ON DELETE CASCADE,
  order_id uuid NOT NULL REFERENCES orders ON DELETE CASCADE,
  driver_id uuid NOT NULL REFERENCES drivers,
  driver_name text NOT NULL,
  status text NOT NULL DEFAULT 'pending',
  attempt integer NOT NULL,
  round integer NOT NULL,
  pickup_distance_m real NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  decided_at timestamptz,
  -- Set when an accepted delivery is taken from the driver again.
  released_at timestamptz,
  reason text
);
--> statement-breakpoint
-- One driver per delivery, and one question at a time per driver: these stand behind the code.
CREATE UNIQUE INDEX offers_one_accepted ON offers (delivery_id)
  WHERE status = 'accepted' AND released_at IS NULL;
--> statement-breakpoint
CREATE UNIQUE INDEX offers_one_pending_per_driver ON offers (driver_id) WHERE status = 'pending';
--> statement-breakpoint
CREATE INDEX offers_delivery ON offers (delivery_id, created_at);
--> statement-breakpoint
CREATE INDEX offers_order ON offers (order_id);
--> statement-breakpoint
-- Offers to expire.
CREATE INDEX offers_expiring ON offers (expires_at) WHERE status = 'pending';
--> statement-breakpoint
-- Why this driver, why not that one: one row per decision of the dispatcher.
CREATE TABLE dispatch_attempts (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  delivery_id uuid NOT NULL REFERENCES deliveries ON DELETE CASCADE,
  number integer NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  radius_m real NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('offer', 'wait', 'give_up')),
  considered jsonb NOT NULL,
  next_attempt_at timestamptz
);
--> statement-breakpoint
CREATE INDEX dispatch_attempts_delivery ON dispatch_attempts (delivery_id, number);
--> statement-breakpoint
-- The same key and request give the same answer; another request under the key is refused.
CREATE TABLE idempotency_keys (
  user_id uuid NOT NULL,
  key uuid NOT NULL,
  operation text NOT NULL,
  request_hash text NOT NULL,
  response jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, key)
);
--> statement-breakpoint
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
