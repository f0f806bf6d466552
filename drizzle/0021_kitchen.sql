-- Kitchens act for themselves: who may, what they have to have seen, and what happens if they have not.
ALTER TABLE users
  DROP CONSTRAINT users_role_check,
  ADD CONSTRAINT users_role_check CHECK (role IN ('customer', 'driver', 'admin', 'kitchen'));
--> statement-breakpoint
CREATE TABLE restaurant_staff (
  restaurant_id uuid NOT NULL REFERENCES restaurants ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  tied_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (restaurant_id, user_id)
);
--> statement-breakpoint
-- The restaurants of a person.
CREATE INDEX restaurant_staff_user ON restaurant_staff (user_id);
--> statement-breakpoint
-- A tablet of somebody who is not tied any more hears of it, and ends.
CREATE FUNCTION log_staff() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM append_event('restaurant', NEW.restaurant_id, 'staff.tied',
      jsonb_build_object('staffId', NEW.user_id), NULL, NULL, NEW.restaurant_id);
  ELSE
    PERFORM append_event('restaurant', OLD.restaurant_id, 'staff.untied',
      jsonb_build_object('staffId', OLD.user_id), NULL, NULL, OLD.restaurant_id);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER z_log AFTER INSERT OR DELETE ON restaurant_staff
  FOR EACH ROW EXECUTE FUNCTION log_staff();
--> statement-breakpoint
-- A restaurant's feed after a cursor.
CREATE INDEX events_of_restaurant ON events (restaurant_id, xid, position)
  WHERE restaurant_id IS NOT NULL;
--> statement-breakpoint
-- How far an unseen event climbs, and when: see `domain/must-see`. Without a restaurant it is for all
-- that have none of their own.
CREATE TABLE must_see_ladders (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  restaurant_id uuid REFERENCES restaurants ON DELETE CASCADE,
  ladder jsonb NOT NULL,
  UNIQUE NULLS NOT DISTINCT (restaurant_id)
);
--> statement-breakpoint
-- What a kitchen has to acknowledge: each climbs its ladder until it is, or until it does not matter.
CREATE TABLE must_sees (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  order_id uuid NOT NULL REFERENCES orders ON DELETE CASCADE,
  restaurant_id uuid NOT NULL REFERENCES restaurants ON DELETE CASCADE,
  event text NOT NULL CHECK (event IN ('placed', 'cancelled', 'delayed')),
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'acknowledged', 'settled')),
  raised_at timestamptz NOT NULL,
  -- The rungs reached, in their order.
  climbed text[] NOT NULL DEFAULT '{}',
  -- When to look again; null: nothing more happens by itself.
  next_at timestamptz,
  closed_at timestamptz,
  closed_by text,
  CHECK ((state = 'open') = (closed_at IS NULL))
);
--> statement-breakpoint
-- One of a kind at a time.
CREATE UNIQUE INDEX must_sees_open ON must_sees (order_id, event) WHERE state = 'open';
--> statement-breakpoint
CREATE INDEX must_sees_due ON must_sees (next_at) WHERE state = 'open' AND next_at IS NOT NULL;
--> statement-breakpoint
-- What a tablet rings for.
CREATE INDEX must_sees_of_restaurant ON must_sees (restaurant_id) WHERE state = 'open';
--> statement-breakpoint
-- Another ladder counts at once, for what is climbing too.
CREATE FUNCTION ladder_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ladder must_see_ladders := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
BEGIN
  UPDATE must_sees SET next_at = now()
    WHERE state = 'open'
      AND (ladder.restaurant_id IS NULL OR must_sees.restaurant_id = ladder.restaurant_id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER y_climb AFTER INSERT OR UPDATE OR DELETE ON must_see_ladders
  FOR EACH ROW EXECUTE FUNCTION ladder_changed();
--> statement-breakpoint
CREATE FUNCTION must_see_image(m must_sees) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'id', m.id, 'orderId', m.order_id, 'restaurantId', m.restaurant_id, 'event', m.event,
    'state', m.state, 'raisedAt', m.raised_at, 'climbed', to_jsonb(m.climbed),
    'closedAt', m.closed_at, 'closedBy', m.closed_by)
$$;
--> statement-breakpoint
-- Part of the order's story, and neither its customer's nor its driver's business.
CREATE FUNCTION log_must_see() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  type text := CASE
    WHEN TG_OP = 'INSERT' THEN 'must_see.raised'
    WHEN NEW.state <> OLD.state THEN 'must_see.' || NEW.state
    ELSE 'must_see.' || NEW.climbed[cardinality(NEW.climbed)] END;
BEGIN
  PERFORM append_event('order', NEW.order_id, type,
    jsonb_build_object('mustSee', must_see_image(NEW)), NULL, NULL, NEW.restaurant_id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER z_log AFTER INSERT ON must_sees FOR EACH ROW EXECUTE FUNCTION log_must_see();
--> statement-breakpoint
CREATE TRIGGER z_log_update AFTER UPDATE ON must_sees
  FOR EACH ROW WHEN (OLD.state <> NEW.state OR OLD.climbed <> NEW.climbed)
  EXECUTE FUNCTION log_must_see();
--> statement-breakpoint
CREATE FUNCTION raise_must_see(o orders, event text, raised_at timestamptz) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO must_sees (order_id, restaurant_id, event, raised_at, next_at)
    VALUES (o.id, o.restaurant_id, raise_must_see.event, raise_must_see.raised_at,
      raise_must_see.raised_at)
    ON CONFLICT DO NOTHING
$$;
--> statement-breakpoint
CREATE FUNCTION close_must_sees(o orders, events text[], outcome text, who text) RETURNS void
LANGUAGE sql AS $$
  UPDATE must_sees SET state = outcome, closed_at = now(), closed_by = who, next_at = NULL
    WHERE order_id = o.id AND state = 'open' AND event = ANY (events)
$$;
--> statement-breakpoint
CREATE FUNCTION acting() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce(nullif(current_setting('app.actor', true), ''), 'database:' || session_user)
$$;
--> statement-breakpoint
-- An order that the kitchen can answer: until the money of a card is held, it can't.
CREATE FUNCTION waits_for_answer(o orders) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT o.status = 'placed' AND NOT (o.payment_method = 'card' AND o.payment_status = 'pending')
$$;
--> statement-breakpoint
-- Which changes of an order its kitchen has to see. A kitchen that accepts by itself and has nobody
-- tied to it has nobody to see them; what a kitchen does itself it knows.
CREATE FUNCTION watch_must_sees() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  actor text := acting();
  by_person boolean := actor NOT LIKE 'system:%';
  staffed boolean := EXISTS (
    SELECT FROM restaurant_staff s WHERE s.restaurant_id = NEW.restaurant_id);
  by_kitchen boolean := staffed AND EXISTS (
    SELECT FROM restaurant_staff s
    WHERE s.restaurant_id = NEW.restaurant_id AND 'user:' || s.user_id = actor);
  seen boolean;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF waits_for_answer(NEW) AND (staffed OR NOT NEW.auto_accept) THEN
      PERFORM raise_must_see(NEW, 'placed', NEW.placed_at);
    END IF;
    RETURN NULL;
  END IF;
  IF waits_for_answer(NEW) AND NOT waits_for_answer(OLD) AND (staffed OR NOT NEW.auto_accept) THEN
    PERFORM raise_must_see(NEW, 'placed', now());
  END IF;
  IF NEW.status = OLD.status THEN
    IF staffed AND NOT by_kitchen AND NEW.status IN ('accepted', 'preparing') AND (
      NEW.ready_estimate_at > OLD.ready_estimate_at
      OR (OLD.delayed_at IS NULL AND NEW.delayed_at IS NOT NULL
        AND NOT EXISTS (SELECT FROM events e JOIN restaurant_staff s ON e.actor = 'user:' || s.user_id
          WHERE e.stream_id = NEW.id AND e.type = 'order.ready_moved'
            AND s.restaurant_id = NEW.restaurant_id))) THEN
      PERFORM raise_must_see(NEW, 'delayed', now());
    END IF;
    RETURN NULL;
  END IF;
  CASE NEW.status
    WHEN 'accepted' THEN
      IF OLD.status = 'cancelled' THEN
        PERFORM close_must_sees(NEW, '{cancelled}', 'settled', actor);
        IF staffed AND NOT by_kitchen THEN PERFORM raise_must_see(NEW, 'placed', now()); END IF;
      ELSIF by_person OR NOT staffed THEN
        PERFORM close_must_sees(NEW, '{placed}', 'acknowledged', actor);
      END IF;
    WHEN 'rejected' THEN
      PERFORM close_must_sees(NEW, '{placed}', 'acknowledged', actor);
    WHEN 'preparing' THEN
      IF by_person THEN
        PERFORM close_must_sees(NEW, '{placed,delayed}', 'acknowledged', actor);
      END IF;
    WHEN 'ready' THEN
      PERFORM close_must_sees(NEW, '{placed,delayed}',
        CASE WHEN by_person THEN 'acknowledged' ELSE 'settled' END, actor);
    WHEN 'cancelled' THEN
      -- What it never knew of need not be taken back.
      seen := NOT EXISTS (
          SELECT FROM must_sees m
          WHERE m.order_id = NEW.id AND m.event = 'placed' AND m.state = 'open')
        AND (OLD.status <> 'placed' OR EXISTS (
          SELECT FROM must_sees m
          WHERE m.order_id = NEW.id AND m.event = 'placed' AND m.state = 'acknowledged'));
      PERFORM close_must_sees(NEW, '{placed,delayed}', 'settled', actor);
      -- What has left the kitchen is no kitchen's work any more.
      IF staffed AND seen AND NOT by_kitchen AND NOT EXISTS (
        SELECT FROM deliveries d WHERE d.order_id = NEW.id AND d.picked_up_at IS NOT NULL) THEN
        PERFORM raise_must_see(NEW, 'cancelled', now());
      END IF;
    ELSE
      PERFORM close_must_sees(NEW, '{placed,delayed}', 'settled', actor);
  END CASE;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- After the log has told the change itself.
CREATE TRIGGER zz_must_see AFTER INSERT ON orders
  FOR EACH ROW EXECUTE FUNCTION watch_must_sees();
--> statement-breakpoint
CREATE TRIGGER zz_must_see_update AFTER UPDATE ON orders
  FOR EACH ROW WHEN (OLD.status <> NEW.status OR OLD.payment_status <> NEW.payment_status
    OR OLD.ready_estimate_at IS DISTINCT FROM NEW.ready_estimate_at
    OR OLD.delayed_at IS DISTINCT FROM NEW.delayed_at)
  EXECUTE FUNCTION watch_must_sees();
--> statement-breakpoint
-- As before, and another time at which the food is ready has its own name.
CREATE OR REPLACE FUNCTION log_order() RETURNS trigger LANGUAGE plpgsql AS $$
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
    WHEN OLD.payment_status <> NEW.payment_status THEN 'payment.' || NEW.payment_status
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
ALTER TABLE notices
  DROP CONSTRAINT notices_channel_check,
  ADD CONSTRAINT notices_channel_check CHECK (channel IN ('push', 'email', 'sms'));
--> statement-breakpoint
-- What waits for an answer already goes on waiting, now on the ladder.
INSERT INTO must_sees (order_id, restaurant_id, event, raised_at, next_at)
  SELECT o.id, o.restaurant_id, 'placed', o.placed_at, o.placed_at FROM orders o
  WHERE waits_for_answer(o) AND NOT o.auto_accept;
