-- The event log: audit trail, outbox, replay source. Written by triggers in the transaction of the
-- change, so that a change typed into psql reaches every screen too.
CREATE TABLE streams (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('order', 'restaurant', 'driver')),
  version integer NOT NULL
) WITH (fillfactor = 70);
--> statement-breakpoint
CREATE TABLE events (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  stream text NOT NULL,
  stream_id uuid NOT NULL,
  version integer NOT NULL,
  type text NOT NULL,
  data jsonb NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  customer_id uuid,
  driver_id uuid,
  restaurant_id uuid
);
--> statement-breakpoint
-- The tail, in the order of reading.
CREATE UNIQUE INDEX events_order_of_reading ON events (xid, position);
--> statement-breakpoint
-- One order's story, gapless.
CREATE UNIQUE INDEX events_stream ON events (stream_id, version);
--> statement-breakpoint
-- A customer's and a driver's feed after a cursor.
CREATE INDEX events_customer ON events (customer_id, xid, position) WHERE customer_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX events_driver ON events (driver_id, xid, position) WHERE driver_id IS NOT NULL;
--> statement-breakpoint
-- Tails that have gone to sleep and want to be notified; a row is void after its time.
CREATE TABLE sleeping_tails (
  id uuid PRIMARY KEY,
  until timestamptz NOT NULL
);
--> statement-breakpoint
CREATE FUNCTION point_image(at geography) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object('lat', ST_Y(at::geometry), 'lng', ST_X(at::geometry))
$$;
--> statement-breakpoint
CREATE FUNCTION order_image(o orders) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'id', o.id, 'number', o.number, 'status', o.status,
    'customerId', o.customer_id, 'customerName', o.customer_name,
    'restaurantId', o.restaurant_id, 'restaurantName', o.restaurant_name,
    'restaurantSlug', o.restaurant_slug,
    'pickup', point_image(o.pickup), 'pickupAddress', o.pickup_address,
    'dropoff', point_image(o.dropoff), 'dropoffAddress', o.dropoff_address,
    'dropoffNote', o.dropoff_note, 'itemCount', o.item_count, 'currency', o.currency,
    'subtotal', o.subtotal, 'deliveryFee', o.delivery_fee, 'tip', o.tip, 'total', o.total,
    'prepMinutes', o.prep_minutes, 'tripDistanceM', o.trip_distance_m, 'timeZone', o.time_zone)
  || jsonb_build_object(
    'placedAt', o.placed_at, 'acceptedAt', o.accepted_at, 'preparingAt', o.preparing_at,
    'readyAt', o.ready_at, 'closedAt', o.closed_at, 'readyEstimateAt', o.ready_estimate_at,
    'promisedFrom', o.promised_from, 'promisedTo', o.promised_to,
    'reason', o.reason, 'closedBy', o.closed_by)
$$;
--> statement-breakpoint
CREATE FUNCTION delivery_image(d deliveries) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'id', d.id, 'orderId', d.order_id, 'status', d.status,
    'driverId', d.driver_id, 'driverName', d.driver_name, 'driverVehicle', d.driver_vehicle,
    'pay', d.pay, 'attempt', d.attempt, 'radiusM', d.radius_m, 'nextAttemptAt', d.next_attempt_at,
    'assignedAt', d.assigned_at, 'atPickupAt', d.at_pickup_at, 'pickedUpAt', d.picked_up_at,
    'atDropoffAt', d.at_dropoff_at, 'deliveredAt', d.delivered_at, 'reason', d.reason)
$$;
--> statement-breakpoint
CREATE FUNCTION offer_image(f offers) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'id', f.id, 'deliveryId', f.delivery_id, 'orderId', f.order_id, 'orderNumber', o.number,
    'driverId', f.driver_id, 'driverName', f.driver_name, 'status', f.status,
    'pay', d.pay, 'currency', o.currency,
    'pickupDistanceM', f.pickup_distance_m, 'tripDistanceM', o.trip_distance_m,
    'restaurantName', o.restaurant_name,
    'pickup', point_image(o.pickup), 'pickupAddress', o.pickup_address,
    'dropoff', point_image(o.dropoff), 'dropoffAddress', o.dropoff_address,
    'attempt', f.attempt, 'createdAt', f.created_at, 'expiresAt', f.expires_at,
    'decidedAt', f.decided_at, 'reason', f.reason)
  FROM orders o JOIN deliveries d ON d.order_id = o.id WHERE o.id = f.order_id
$$;
--> statement-breakpoint
CREATE FUNCTION restaurant_image(r restaurants) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'id', r.id, 'slug', r.slug, 'name', r.name, 'cuisine', r.cuisine,
    'description', r.description, 'address', r.address, 'location', point_image(r.location),
    'timeZone', r.time_zone, 'currency', r.currency, 'hours', r.hours,
    'pausedUntil', r.paused_until, 'deliveryRadiusM', r.delivery_radius_m,
    'minimumOrder', r.minimum_order, 'deliveryFeeBase', r.delivery_fee_base,
    'deliveryFeePerKm', r.delivery_fee_per_km, 'prepMinutes', r.prep_minutes,
    'autoAccept', r.auto_accept, 'rating', r.rating, 'ratingCount', r.rating_count)
$$;
--> statement-breakpoint
CREATE FUNCTION driver_image(d drivers) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'id', d.user_id, 'name', u.name, 'vehicle', d.vehicle, 'capacity', d.capacity,
    'online', d.online, 'onlineSince', d.online_since)
  FROM users u WHERE u.id = d.user_id
$$;
--> statement-breakpoint
CREATE FUNCTION append_event(
  kind text, id uuid, type text, data jsonb, customer uuid, driver uuid, restaurant uuid
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  next_version integer;
BEGIN
  -- The row lock of the stream makes its versions gapless and their order that of the commits.
  INSERT INTO streams AS s (id, kind, version) VALUES (append_event.id, append_event.kind, 1)
    ON CONFLICT ON CONSTRAINT streams_pkey DO UPDATE SET version = s.version + 1
    RETURNING s.version INTO next_version;
  INSERT INTO events (stream, stream_id, version, type, data, actor,
      customer_id, driver_id, restaurant_id)
    VALUES (append_event.kind, append_event.id, next_version, append_event.type, append_event.data,
      coalesce(nullif(current_setting('app.actor', true), ''), 'database:' || session_user),
      customer, driver, restaurant);
END $$;
--> statement-breakpoint
CREATE FUNCTION log_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  o orders := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  driver uuid;
  type text;
BEGIN
  type := CASE
    WHEN TG_OP = 'INSERT' THEN 'order.placed'
    WHEN TG_OP = 'DELETE' THEN 'order.deleted'
    WHEN OLD.status = 'cancelled' AND NEW.status = 'accepted' THEN 'order.restored'
    WHEN OLD.status <> NEW.status THEN 'order.' || NEW.status
    ELSE 'order.updated' END;
  IF TG_OP = 'DELETE' THEN
    UPDATE offers SET status = 'withdrawn' WHERE order_id = o.id AND status = 'pending';
  END IF;
  SELECT d.driver_id INTO driver FROM deliveries d WHERE d.order_id = o.id;
  PERFORM append_event('order', o.id, type, jsonb_build_object('order', order_image(o)),
    o.customer_id, driver, o.restaurant_id);
  RETURN o;
END $$;
--> statement-breakpoint
CREATE TRIGGER z_log AFTER INSERT ON orders
  FOR EACH ROW EXECUTE FUNCTION log_order();
--> statement-breakpoint
-- Before: afterwards its delivery is gone, and with it the driver who has to hear of this.
CREATE TRIGGER z_log_delete BEFORE DELETE ON orders
  FOR EACH ROW EXECUTE FUNCTION log_order();
--> statement-breakpoint
CREATE TRIGGER z_log_update AFTER UPDATE ON orders
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION log_order();
--> statement-breakpoint
CREATE FUNCTION log_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  o orders;
  type text;
  data jsonb := jsonb_build_object('delivery', delivery_image(NEW));
BEGIN
  SELECT * INTO o FROM orders WHERE orders.id = NEW.order_id;
  IF TG_OP = 'INSERT' THEN type := 'delivery.created';
  ELSIF OLD.status = NEW.status THEN type := 'delivery.updated';
  ELSIF OLD.status IN ('assigned', 'at_pickup') AND NEW.status = 'offering' THEN
    type := 'delivery.unassigned';
  ELSIF OLD.status = 'cancelled' THEN type := 'delivery.restored';
  ELSE type := 'delivery.' || NEW.status;
  END IF;
  -- Whoever sees the delivery from here on (driver, board) may not have the order yet.
  IF TG_OP = 'INSERT' OR NEW.status IN ('assigned', 'unassigned') THEN
    data := data || jsonb_build_object('order', order_image(o));
  END IF;
  PERFORM append_event('order', NEW.order_id, type, data, o.customer_id,
    coalesce(NEW.driver_id, CASE TG_OP WHEN 'UPDATE' THEN OLD.driver_id END), o.restaurant_id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER z_log AFTER INSERT ON deliveries
  FOR EACH ROW EXECUTE FUNCTION log_delivery();
--> statement-breakpoint
CREATE TRIGGER z_log_update AFTER UPDATE ON deliveries
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION log_delivery();
--> statement-breakpoint
CREATE FUNCTION log_offer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  o orders;
BEGIN
  SELECT * INTO o FROM orders WHERE orders.id = NEW.order_id;
  PERFORM append_event('order', NEW.order_id,
    CASE TG_OP WHEN 'INSERT' THEN 'offer.made' ELSE 'offer.' || NEW.status END,
    jsonb_build_object('offer', offer_image(NEW)), o.customer_id, NEW.driver_id, o.restaurant_id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER z_log AFTER INSERT ON offers FOR EACH ROW EXECUTE FUNCTION log_offer();
--> statement-breakpoint
CREATE TRIGGER z_log_update AFTER UPDATE ON offers
  FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION log_offer();
--> statement-breakpoint
CREATE FUNCTION log_restaurant() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  type text := CASE
    WHEN TG_OP = 'INSERT' THEN 'restaurant.added'
    WHEN OLD.paused_until IS DISTINCT FROM NEW.paused_until THEN
      CASE WHEN NEW.paused_until > now() THEN 'restaurant.paused' ELSE 'restaurant.resumed' END
    ELSE 'restaurant.updated' END;
BEGIN
  PERFORM append_event('restaurant', NEW.id, type,
    jsonb_build_object('restaurant', restaurant_image(NEW)), NULL, NULL, NEW.id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER z_log AFTER INSERT ON restaurants
  FOR EACH ROW EXECUTE FUNCTION log_restaurant();
--> statement-breakpoint
CREATE TRIGGER z_log_update AFTER UPDATE ON restaurants
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION log_restaurant();
--> statement-breakpoint
CREATE FUNCTION log_menu_item() RETURNS trigger LANGUAGE plpgsql AS $$
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
    jsonb_build_object('menuItem', jsonb_build_object(
      'id', item.id, 'restaurantId', item.restaurant_id, 'name', item.name,
      'price', item.price, 'soldOut', item.sold_out)),
    NULL, NULL, item.restaurant_id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER z_log AFTER INSERT OR DELETE ON menu_items
  FOR EACH ROW EXECUTE FUNCTION log_menu_item();
--> statement-breakpoint
CREATE TRIGGER z_log_update AFTER UPDATE ON menu_items
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION log_menu_item();
--> statement-breakpoint
CREATE FUNCTION log_driver() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  type text := CASE
    WHEN TG_OP = 'INSERT' THEN 'driver.joined'
    WHEN OLD.online <> NEW.online THEN
      CASE WHEN NEW.online THEN 'driver.online' ELSE 'driver.offline' END
    ELSE 'driver.updated' END;
BEGIN
  PERFORM append_event('driver', NEW.user_id, type,
    jsonb_build_object('driver', driver_image(NEW)), NULL, NEW.user_id, NULL);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER z_log AFTER INSERT ON drivers FOR EACH ROW EXECUTE FUNCTION log_driver();
--> statement-breakpoint
CREATE TRIGGER z_log_update AFTER UPDATE ON drivers
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION log_driver();
--> statement-breakpoint
-- NOTIFY takes a database-wide lock at commit: only when a tail sleeps, and once per transaction.
CREATE FUNCTION wake_tails() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM sleeping_tails WHERE until > clock_timestamp()) THEN
    PERFORM pg_notify('hotfoot_log', '');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER wake AFTER INSERT ON events FOR EACH STATEMENT EXECUTE FUNCTION wake_tails();
