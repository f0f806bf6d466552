-- What programs need that call the platform over REST: keys, refresh tokens, and orders and restaurants
-- that are put away without being lost.
CREATE TABLE api_keys (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  -- In whose name it acts.
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  scopes text[] NOT NULL CHECK (cardinality(scopes) > 0),
  -- SHA-256 of the secret, which is random and long: nothing to guess, nothing to slow down.
  secret_hash text NOT NULL UNIQUE CHECK (length(secret_hash) = 64),
  -- The last characters of the secret, to tell keys apart.
  hint text NOT NULL CHECK (length(hint) = 4),
  created_at timestamptz NOT NULL DEFAULT now(),
  -- Within a minute.
  last_used_at timestamptz,
  revoked_at timestamptz
);
--> statement-breakpoint
ALTER TABLE changes DROP CONSTRAINT changes_area_check;
--> statement-breakpoint
ALTER TABLE changes ADD CONSTRAINT changes_area_check
  CHECK (area IN ('person', 'invitation', 'zone', 'promo', 'settings', 'key'));
--> statement-breakpoint
CREATE FUNCTION log_api_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM record_change('key', NEW.id, 'key.made', jsonb_build_object('scopes', NEW.scopes));
  ELSIF OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL THEN
    PERFORM record_change('key', NEW.id, 'key.revoked', '{}');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER z_log AFTER INSERT OR UPDATE OF revoked_at ON api_keys
  FOR EACH ROW EXECUTE FUNCTION log_api_key();
--> statement-breakpoint
-- One that was used stays: who brings it again ends the session.
CREATE TABLE refresh_tokens (
  secret_hash text PRIMARY KEY CHECK (length(secret_hash) = 64),
  session_id uuid NOT NULL REFERENCES sessions ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  used_at timestamptz
);
--> statement-breakpoint
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);
--> statement-breakpoint
ALTER TABLE orders ADD COLUMN archived_at timestamptz;
--> statement-breakpoint
-- A customer's orders page by page, the latest first.
CREATE INDEX orders_customer_page ON orders (customer_id, id DESC) WHERE archived_at IS NULL;
--> statement-breakpoint
-- As before, and an order that is put away says so.
CREATE OR REPLACE FUNCTION log_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  o orders := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  driver uuid;
  type text;
BEGIN
  type := CASE
    WHEN TG_OP = 'INSERT' THEN 'order.placed'
    WHEN TG_OP = 'DELETE' THEN 'order.deleted'
    WHEN OLD.archived_at IS NULL AND NEW.archived_at IS NOT NULL THEN 'order.archived'
    WHEN OLD.status = 'cancelled' AND NEW.status = 'accepted' THEN 'order.restored'
    WHEN OLD.status <> NEW.status THEN 'order.' || NEW.status
    WHEN OLD.payment_status <> NEW.payment_status THEN 'payment.' || NEW.payment_status
    WHEN jsonb_array_length(NEW.refunds) > jsonb_array_length(OLD.refunds)
      THEN 'payment.refund_asked'
    WHEN OLD.refunds <> NEW.refunds THEN 'payment.refund_paid'
    WHEN (OLD.dropoff_address, OLD.dropoff::text)
      IS DISTINCT FROM (NEW.dropoff_address, NEW.dropoff::text) THEN 'order.address_changed'
    WHEN OLD.put_off_minutes < NEW.put_off_minutes THEN 'order.put_off'
    WHEN OLD.put_off_minutes > NEW.put_off_minutes THEN 'order.brought_forward'
    WHEN OLD.delayed_at IS NULL AND NEW.delayed_at IS NOT NULL THEN 'order.delayed'
    WHEN OLD.rated_at IS NULL AND NEW.rated_at IS NOT NULL THEN 'order.rated'
    WHEN OLD.tip_after <> NEW.tip_after THEN 'order.tipped'
    WHEN OLD.ready_estimate_at IS DISTINCT FROM NEW.ready_estimate_at THEN 'order.ready_moved'
    WHEN (OLD.eta_from, OLD.eta_to, OLD.eta_stage)
      IS DISTINCT FROM (NEW.eta_from, NEW.eta_to, NEW.eta_stage) THEN 'order.eta_changed'
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
ALTER TABLE restaurants ADD COLUMN archived_at timestamptz;
--> statement-breakpoint
-- As before, but not from a place that is put away.
CREATE OR REPLACE FUNCTION delivers_to(r restaurants, door geography) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT r.archived_at IS NULL AND CASE WHEN r.delivery_area IS NULL
    THEN ST_Distance(r.location, door, false) <= r.delivery_radius_m
    ELSE ST_Covers(r.delivery_area::geometry, door::geometry) END
$$;
--> statement-breakpoint
-- As before, and a place that is put away says so.
CREATE OR REPLACE FUNCTION log_restaurant() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  type text := CASE
    WHEN TG_OP = 'INSERT' THEN 'restaurant.added'
    WHEN OLD.archived_at IS NULL AND NEW.archived_at IS NOT NULL THEN 'restaurant.archived'
    WHEN OLD.paused_until IS DISTINCT FROM NEW.paused_until THEN
      CASE WHEN NEW.paused_until > now() THEN 'restaurant.paused' ELSE 'restaurant.resumed' END
    ELSE 'restaurant.updated' END;
BEGIN
  PERFORM append_event('restaurant', NEW.id, type,
    jsonb_build_object('restaurant', restaurant_image(NEW)), NULL, NULL, NEW.id);
  RETURN NULL;
END $$;
