-- How an order is paid, when and where it is wanted, what is believed about its arrival, and what is
-- said and thought about it.
ALTER TABLE orders
  ADD COLUMN fulfilment text NOT NULL DEFAULT 'delivery' CHECK (fulfilment IN ('delivery', 'pickup')),
  ADD COLUMN handover text NOT NULL DEFAULT 'in_person' CHECK (handover IN ('in_person', 'at_door')),
  -- The slot that was chosen; null: as soon as possible.
  ADD COLUMN slot_from timestamptz,
  ADD COLUMN slot_to timestamptz,
  -- The kitchen window whose room the order takes; null where the kitchen has no limit.
  ADD COLUMN kitchen_window timestamptz,
  -- Before this moment the kitchen does not start; null: as soon as it has accepted.
  ADD COLUMN cook_from timestamptz,
  ADD COLUMN promo_code text,
  ADD COLUMN discount integer NOT NULL DEFAULT 0 CHECK (discount >= 0),
  -- Of the dishes and the fee after the discount; in the prices, or on top of them.
  ADD COLUMN tax integer NOT NULL DEFAULT 0 CHECK (tax >= 0),
  ADD COLUMN tax_included boolean NOT NULL DEFAULT true,
  ADD COLUMN payment_method text NOT NULL DEFAULT 'cash' CHECK (payment_method IN ('cash', 'card')),
  ADD COLUMN payment_status text NOT NULL DEFAULT 'pending',
  -- What a cancellation has cost the customer, kept from the payment.
  ADD COLUMN cancel_fee integer NOT NULL DEFAULT 0 CHECK (cancel_fee >= 0),
  -- Given after the delivery, on top of the total.
  ADD COLUMN tip_after integer NOT NULL DEFAULT 0 CHECK (tip_after >= 0),
  -- Said by the customer at the handover; the driver never sees it.
  ADD COLUMN pin text CHECK (pin ~ '^[0-9]{4}$'),
  -- The window believed now, and since when it lies behind the promise.
  ADD COLUMN eta_from timestamptz,
  ADD COLUMN eta_to timestamptz,
  ADD COLUMN eta_stage text,
  ADD COLUMN delayed_at timestamptz,
  ADD COLUMN food_rating integer CHECK (food_rating BETWEEN 1 AND 5),
  ADD COLUMN delivery_rating integer CHECK (delivery_rating BETWEEN 1 AND 5),
  ADD COLUMN rating_comment text NOT NULL DEFAULT '',
  ADD COLUMN rated_at timestamptz,
  ADD CHECK ((slot_from IS NULL) = (slot_to IS NULL)),
  ADD CHECK (discount <= subtotal + delivery_fee),
  DROP CONSTRAINT orders_check,
  ADD CHECK (total = subtotal - discount + delivery_fee + tip
    + CASE WHEN tax_included THEN 0 ELSE tax END);
--> statement-breakpoint
-- As before, and an order for later is ready by its own clock.
CREATE OR REPLACE FUNCTION stamp_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = OLD.status THEN RETURN NEW; END IF;
  CASE NEW.status
    WHEN 'accepted' THEN
      NEW.accepted_at := now();
      NEW.preparing_at := NULL;
      NEW.ready_at := NULL;
      NEW.closed_at := NULL;
      NEW.closed_by := NULL;
      NEW.reason := NULL;
      NEW.cancel_fee := 0;
      NEW.ready_estimate_at :=
        greatest(now(), NEW.cook_from) + make_interval(mins => NEW.prep_minutes);
    WHEN 'preparing' THEN
      NEW.preparing_at := now();
      IF NEW.cook_from IS NOT NULL THEN
        NEW.ready_estimate_at := now() + make_interval(mins => NEW.prep_minutes);
      END IF;
    WHEN 'ready' THEN
      NEW.ready_at := now();
      NEW.ready_estimate_at := now();
    ELSE NEW.closed_at := now();
  END CASE;
  RETURN NEW;
END $$;
--> statement-breakpoint
ALTER TABLE deliveries
  -- Set once, when the courier is 300 m or a minute away.
  ADD COLUMN imminent_at timestamptz,
  ADD COLUMN proof text CHECK (proof IN ('pin', 'at_door', 'none')),
  ADD COLUMN pin_failures integer NOT NULL DEFAULT 0;
--> statement-breakpoint
-- As before, and a search that is put off begins when it is due: nobody is asked hours ahead.
CREATE OR REPLACE FUNCTION stamp_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  room integer;
  carried integer;
BEGIN
  IF NEW.driver_id IS DISTINCT FROM OLD.driver_id
    AND (NEW.status = OLD.status OR NEW.status NOT IN ('assigned', 'offering', 'unassigned')) THEN
    RAISE EXCEPTION 'delivery % changes its driver only by a step', NEW.id USING ERRCODE = 'HF001';
  END IF;
  IF NEW.status = OLD.status THEN RETURN NEW; END IF;
  CASE NEW.status
    WHEN 'assigned' THEN
      SELECT d.capacity, u.name, d.vehicle INTO room, NEW.driver_name, NEW.driver_vehicle
        FROM drivers d JOIN users u ON u.id = d.user_id
        WHERE d.user_id = NEW.driver_id FOR NO KEY UPDATE OF d;
      SELECT count(*) INTO carried FROM deliveries
        WHERE driver_id = NEW.driver_id
          AND status IN ('assigned', 'at_pickup', 'picked_up', 'at_dropoff', 'failed', 'returning');
      IF carried >= room THEN
        RAISE EXCEPTION 'driver % carries % of % already', NEW.driver_id, carried, room
          USING ERRCODE = 'HF002';
      END IF;
      NEW.assigned_at := now();
      NEW.next_attempt_at := NULL;
    WHEN 'at_pickup' THEN NEW.at_pickup_at := now();
    WHEN 'picked_up' THEN NEW.picked_up_at := now();
    WHEN 'at_dropoff' THEN NEW.at_dropoff_at := now();
    WHEN 'delivered' THEN NEW.delivered_at := now();
    WHEN 'offering', 'unassigned' THEN
      IF OLD.driver_id IS NOT NULL THEN NEW.avoid_driver_id := OLD.driver_id; END IF;
      NEW.driver_id := NULL;
      NEW.driver_name := NULL;
      NEW.driver_vehicle := NULL;
      NEW.assigned_at := NULL;
      NEW.at_pickup_at := NULL;
      IF OLD.status IN ('assigned', 'at_pickup', 'no_driver', 'cancelled') THEN
        NEW.empty_rounds := 0;
        NEW.next_attempt_at := coalesce(NEW.next_attempt_at, now());
        NEW.search_started_at := greatest(now(), NEW.next_attempt_at);
        NEW.reason := NULL;
      END IF;
    WHEN 'no_driver', 'cancelled' THEN NEW.next_attempt_at := NULL;
    ELSE NULL;
  END CASE;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- How many orders a kitchen window holds; the row is what makes the count safe against races.
CREATE TABLE kitchen_windows (
  restaurant_id uuid NOT NULL REFERENCES restaurants ON DELETE CASCADE,
  starts_at timestamptz NOT NULL,
  taken integer NOT NULL DEFAULT 0 CHECK (taken >= 0),
  PRIMARY KEY (restaurant_id, starts_at)
);
--> statement-breakpoint
CREATE TABLE promo_codes (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  code text NOT NULL UNIQUE CHECK (code = upper(code) AND length(code) BETWEEN 3 AND 24),
  kind text NOT NULL CHECK (kind IN ('percent', 'amount', 'free_delivery')),
  -- Whole percent, or minor units; nothing for free delivery.
  value integer NOT NULL DEFAULT 0 CHECK (value >= 0 AND (kind <> 'percent' OR value <= 100)),
  currency char(3) NOT NULL,
  minimum_subtotal integer NOT NULL DEFAULT 0 CHECK (minimum_subtotal >= 0),
  -- The most that a percentage takes off, minor units.
  maximum_discount integer CHECK (maximum_discount > 0),
  -- Null: good everywhere.
  restaurant_id uuid REFERENCES restaurants ON DELETE CASCADE,
  starts_at timestamptz,
  ends_at timestamptz,
  limit_per_person integer CHECK (limit_per_person > 0),
  limit_total integer CHECK (limit_total > 0),
  used integer NOT NULL DEFAULT 0 CHECK (used >= 0),
  disabled_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (limit_total IS NULL OR used <= limit_total)
);
--> statement-breakpoint
CREATE TABLE promo_uses (
  order_id uuid PRIMARY KEY REFERENCES orders ON DELETE CASCADE,
  promo_id uuid NOT NULL REFERENCES promo_codes ON DELETE CASCADE,
  customer_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  -- The number of this use for this person: two at once can't both be the last one.
  number integer NOT NULL,
  used_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (promo_id, customer_id, number)
);
--> statement-breakpoint
-- Money that is owed or held. Written before a provider is asked, so that whatever the provider did
-- has a row here: reconciliation finds what the crash of a server left behind.
CREATE TABLE payments (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  order_id uuid REFERENCES orders ON DELETE SET NULL,
  customer_id uuid NOT NULL REFERENCES users,
  -- The idempotency key of the request that it was made for: the same request pays once.
  request_key uuid,
  purpose text NOT NULL DEFAULT 'order' CHECK (purpose IN ('order', 'tip')),
  method text NOT NULL CHECK (method IN ('cash', 'card')),
  provider text NOT NULL,
  provider_ref text,
  -- As people know it, e.g. "Test card •• 4242".
  label text NOT NULL DEFAULT '',
  status text NOT NULL DEFAULT 'pending',
  currency char(3) NOT NULL,
  -- Nothing, where a promo code has paid for all of it.
  amount integer NOT NULL CHECK (amount >= 0),
  captured integer NOT NULL DEFAULT 0 CHECK (captured BETWEEN 0 AND amount),
  refunded integer NOT NULL DEFAULT 0 CHECK (refunded BETWEEN 0 AND captured),
  -- What we owe the provider next, and of how much; tried again until it is done.
  due text CHECK (due IN ('capture', 'release', 'refund')),
  due_amount integer CHECK (due_amount > 0),
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz,
  last_error text,
  created_at timestamptz NOT NULL DEFAULT now(),
  authorised_at timestamptz,
  settled_at timestamptz,
  moved_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
-- One payment per order that holds or moves money; a tip given afterwards is another.
CREATE UNIQUE INDEX payments_order ON payments (order_id, purpose)
  WHERE status NOT IN ('failed', 'released');
--> statement-breakpoint
CREATE UNIQUE INDEX payments_request ON payments (customer_id, request_key);
--> statement-breakpoint
CREATE UNIQUE INDEX payments_provider_ref ON payments (provider, provider_ref);
--> statement-breakpoint
-- What is owed to a provider, and what it has not answered.
CREATE INDEX payments_due ON payments (next_attempt_at) WHERE due IS NOT NULL;
--> statement-breakpoint
CREATE INDEX payments_open ON payments (created_at) WHERE status IN ('pending', 'authorised');
--> statement-breakpoint
-- What has moved lately, to be compared with the provider's books.
CREATE INDEX payments_moved ON payments (provider, moved_at);
--> statement-breakpoint
INSERT INTO machine_steps (machine, from_state, command, to_state) VALUES
  ('payment', 'pending', 'authorise', 'authorised'),
  ('payment', 'pending', 'fail', 'failed'),
  ('payment', 'pending', 'collect', 'captured'),
  ('payment', 'pending', 'release', 'released'),
  ('payment', 'authorised', 'capture', 'captured'),
  ('payment', 'authorised', 'release', 'released'),
  ('payment', 'captured', 'refund', 'refunded');
--> statement-breakpoint
CREATE TRIGGER a_step BEFORE INSERT OR UPDATE ON payments
  FOR EACH ROW EXECUTE FUNCTION enforce_step('payment', 'pending');
--> statement-breakpoint
CREATE FUNCTION stamp_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = OLD.status THEN RETURN NEW; END IF;
  NEW.moved_at := now();
  IF NEW.status = 'authorised' THEN NEW.authorised_at := now(); ELSE NEW.settled_at := now(); END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER b_stamp BEFORE UPDATE ON payments FOR EACH ROW EXECUTE FUNCTION stamp_payment();
--> statement-breakpoint
-- The order shows how its payment stands.
CREATE FUNCTION mirror_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE orders SET payment_status = NEW.status
    WHERE id = NEW.order_id AND payment_status <> NEW.status;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER y_mirror AFTER INSERT OR UPDATE OF status, order_id ON payments
  FOR EACH ROW WHEN (NEW.purpose = 'order' AND NEW.order_id IS NOT NULL)
  EXECUTE FUNCTION mirror_payment();
--> statement-breakpoint
-- What providers have told us, each once.
CREATE TABLE payment_webhooks (
  provider text NOT NULL,
  event_id text NOT NULL,
  payment_id uuid NOT NULL REFERENCES payments ON DELETE CASCADE,
  type text NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (provider, event_id)
);
--> statement-breakpoint
CREATE TABLE order_messages (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  order_id uuid NOT NULL REFERENCES orders ON DELETE CASCADE,
  sender_id uuid NOT NULL REFERENCES users,
  sender_role text NOT NULL CHECK (sender_role IN ('customer', 'driver', 'admin')),
  -- A quick reply by its key, or what was typed.
  quick text,
  body text NOT NULL DEFAULT '' CHECK (length(body) <= 500),
  sent_at timestamptz NOT NULL DEFAULT now(),
  CHECK (quick IS NOT NULL OR body <> '')
);
--> statement-breakpoint
CREATE INDEX order_messages_order ON order_messages (order_id, sent_at);
--> statement-breakpoint
-- A link that shows status and ETA to whoever has it, until the order is closed.
CREATE TABLE order_shares (
  order_id uuid PRIMARY KEY REFERENCES orders ON DELETE CASCADE,
  token text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
-- The sum of all ratings stays whole; the mean is made from it.
ALTER TABLE restaurants ADD COLUMN rating_sum integer NOT NULL DEFAULT 0;
--> statement-breakpoint
UPDATE restaurants SET rating_sum = round(rating * rating_count) WHERE rating IS NOT NULL;
--> statement-breakpoint
ALTER TABLE drivers
  ADD COLUMN rating_sum integer NOT NULL DEFAULT 0,
  ADD COLUMN rating_count integer NOT NULL DEFAULT 0;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION order_image(o orders) RETURNS jsonb LANGUAGE sql STABLE AS $$
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
    'reason', o.reason, 'closedBy', o.closed_by,
    'fulfilment', o.fulfilment, 'handover', o.handover, 'pin', o.pin,
    'slotFrom', o.slot_from, 'slotTo', o.slot_to)
  || jsonb_build_object(
    'promoCode', o.promo_code, 'discount', o.discount, 'tax', o.tax,
    'taxIncluded', o.tax_included, 'paymentMethod', o.payment_method,
    'paymentStatus', o.payment_status, 'cancelFee', o.cancel_fee, 'tipAfter', o.tip_after,
    'etaFrom', o.eta_from, 'etaTo', o.eta_to, 'etaStage', o.eta_stage, 'delayedAt', o.delayed_at,
    'foodRating', o.food_rating, 'deliveryRating', o.delivery_rating,
    'ratingComment', o.rating_comment, 'ratedAt', o.rated_at)
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION delivery_image(d deliveries) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'id', d.id, 'orderId', d.order_id, 'status', d.status,
    'driverId', d.driver_id, 'driverName', d.driver_name, 'driverVehicle', d.driver_vehicle,
    'pay', d.pay, 'attempt', d.attempt, 'radiusM', d.radius_m, 'nextAttemptAt', d.next_attempt_at,
    'assignedAt', d.assigned_at, 'atPickupAt', d.at_pickup_at, 'pickedUpAt', d.picked_up_at,
    'atDropoffAt', d.at_dropoff_at, 'deliveredAt', d.delivered_at, 'reason', d.reason,
    'imminentAt', d.imminent_at, 'proof', d.proof)
$$;
--> statement-breakpoint
CREATE FUNCTION message_image(m order_messages) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object(
    'id', m.id, 'orderId', m.order_id, 'senderId', m.sender_id, 'senderRole', m.sender_role,
    'quick', m.quick, 'body', m.body, 'sentAt', m.sent_at)
$$;
--> statement-breakpoint
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
CREATE OR REPLACE FUNCTION log_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  o orders;
  type text;
  data jsonb := jsonb_build_object('delivery', delivery_image(NEW));
BEGIN
  SELECT * INTO o FROM orders WHERE orders.id = NEW.order_id;
  IF TG_OP = 'INSERT' THEN type := 'delivery.created';
  ELSIF OLD.status = NEW.status THEN
    type := CASE WHEN OLD.imminent_at IS NULL AND NEW.imminent_at IS NOT NULL
      THEN 'delivery.imminent' ELSE 'delivery.updated' END;
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
CREATE FUNCTION log_message() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  o orders;
  driver uuid;
BEGIN
  SELECT * INTO o FROM orders WHERE orders.id = NEW.order_id;
  SELECT d.driver_id INTO driver FROM deliveries d WHERE d.order_id = NEW.order_id;
  PERFORM append_event('order', NEW.order_id, 'message.sent',
    jsonb_build_object('message', message_image(NEW)), o.customer_id, driver, o.restaurant_id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER z_log AFTER INSERT ON order_messages FOR EACH ROW EXECUTE FUNCTION log_message();
--> statement-breakpoint
-- That a link was made or ended is in the log, the token is not: who follows it hears at once.
CREATE FUNCTION log_share() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  o orders;
BEGIN
  SELECT * INTO o FROM orders
    WHERE orders.id = CASE TG_OP WHEN 'DELETE' THEN OLD.order_id ELSE NEW.order_id END;
  IF FOUND THEN
    PERFORM append_event('order', o.id,
      CASE TG_OP WHEN 'INSERT' THEN 'share.started' ELSE 'share.ended' END,
      '{}', o.customer_id, NULL, o.restaurant_id);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER z_log AFTER INSERT OR DELETE ON order_shares
  FOR EACH ROW EXECUTE FUNCTION log_share();
--> statement-breakpoint
-- A rating given counts at once; the restaurant's page changes with it.
CREATE FUNCTION count_rating() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE restaurants SET rating_sum = rating_sum + NEW.food_rating,
      rating_count = rating_count + 1,
      rating = round((rating_sum + NEW.food_rating)::numeric / (rating_count + 1), 1)
    WHERE id = NEW.restaurant_id;
  IF NEW.delivery_rating IS NOT NULL THEN
    UPDATE drivers SET rating_sum = rating_sum + NEW.delivery_rating,
        rating_count = rating_count + 1
      WHERE user_id = (SELECT driver_id FROM deliveries WHERE order_id = NEW.id);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER y_rating AFTER UPDATE OF rated_at ON orders
  FOR EACH ROW WHEN (OLD.rated_at IS NULL AND NEW.rated_at IS NOT NULL)
  EXECUTE FUNCTION count_rating();
