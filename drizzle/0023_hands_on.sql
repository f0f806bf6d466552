-- What dispatchers do by hand: refunds in several parts, an order that is put off, another address.
-- Each part is known to the provider by its id: asked for twice, it is given back once.
CREATE TABLE payment_refunds (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  payment_id uuid NOT NULL REFERENCES payments ON DELETE CASCADE,
  amount integer NOT NULL CHECK (amount > 0),
  reason text NOT NULL CHECK (reason IN
    ('missing_item', 'wrong_item', 'quality', 'late', 'goodwill', 'cancelled', 'other')),
  asked_at timestamptz NOT NULL DEFAULT now(),
  done_at timestamptz
);
--> statement-breakpoint
-- The parts of a payment, in turn.
CREATE INDEX payment_refunds_payment ON payment_refunds (payment_id, asked_at);
--> statement-breakpoint
ALTER TABLE orders
  ADD COLUMN refunds jsonb NOT NULL DEFAULT '[]',
  -- By how much a dispatcher has put it off since it was accepted.
  ADD COLUMN put_off_minutes integer NOT NULL DEFAULT 0 CHECK (put_off_minutes >= 0);
--> statement-breakpoint
INSERT INTO machine_steps (machine, from_state, command, to_state) VALUES
  ('payment', 'captured', 'refund_part', 'partly_refunded'),
  ('payment', 'partly_refunded', 'refund_part', 'partly_refunded'),
  ('payment', 'partly_refunded', 'refund', 'refunded');
--> statement-breakpoint
-- As before, and each part that is given back is a move of the payment.
CREATE OR REPLACE FUNCTION stamp_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.refunded <> OLD.refunded THEN NEW.moved_at := now(); END IF;
  IF NEW.status = OLD.status THEN RETURN NEW; END IF;
  NEW.moved_at := now();
  IF NEW.status = 'authorised' THEN NEW.authorised_at := now(); ELSE NEW.settled_at := now(); END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- Never more than was taken, whoever asks and however many at once.
CREATE FUNCTION check_refund() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  taken integer;
  asked integer;
BEGIN
  SELECT captured INTO taken FROM payments WHERE id = NEW.payment_id FOR UPDATE;
  SELECT coalesce(sum(amount), 0) INTO asked
    FROM payment_refunds WHERE payment_id = NEW.payment_id AND id <> NEW.id;
  IF asked + NEW.amount > taken THEN
    RAISE EXCEPTION 'payment % gives back % of %', NEW.payment_id, asked + NEW.amount, taken
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER a_check BEFORE INSERT OR UPDATE OF amount, payment_id ON payment_refunds
  FOR EACH ROW EXECUTE FUNCTION check_refund();
--> statement-breakpoint
-- The order shows what was given back of it.
CREATE FUNCTION mirror_refunds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE orders SET refunds = (
      SELECT jsonb_agg(jsonb_build_object('id', r.id, 'amount', r.amount, 'reason', r.reason,
        'askedAt', r.asked_at, 'doneAt', r.done_at) ORDER BY r.asked_at, r.id)
      FROM payment_refunds r WHERE r.payment_id = p.id)
    FROM payments p
    WHERE p.id = NEW.payment_id AND p.purpose = 'order' AND orders.id = p.order_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER y_mirror AFTER INSERT OR UPDATE ON payment_refunds
  FOR EACH ROW EXECUTE FUNCTION mirror_refunds();
--> statement-breakpoint
-- Refunds from before there were parts: what was given back is one, and so is what is owed still.
ALTER TABLE payments DISABLE TRIGGER a_step;
--> statement-breakpoint
UPDATE payments SET status = 'partly_refunded' WHERE status = 'refunded' AND refunded < captured;
--> statement-breakpoint
ALTER TABLE payments ENABLE TRIGGER a_step;
--> statement-breakpoint
INSERT INTO payment_refunds (payment_id, amount, reason, asked_at, done_at)
  SELECT id, CASE due WHEN 'refund' THEN due_amount ELSE refunded END, 'other', moved_at,
    CASE WHEN due IS NULL THEN moved_at END
  FROM payments WHERE refunded > 0 OR due = 'refund';
--> statement-breakpoint
-- The test provider's own: what it has given back, by the ids that it was asked with.
CREATE TABLE sandbox_refunds (
  id uuid PRIMARY KEY,
  payment_id uuid NOT NULL REFERENCES sandbox_charges ON DELETE CASCADE,
  amount integer NOT NULL CHECK (amount > 0)
);
--> statement-breakpoint
CREATE INDEX sandbox_refunds_payment ON sandbox_refunds (payment_id);
--> statement-breakpoint
UPDATE sandbox_charges SET status = 'captured' WHERE status = 'refunded' AND refunded < captured;
--> statement-breakpoint
-- What was put off is not put off any more once the order begins anew.
CREATE FUNCTION forget_put_off() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.put_off_minutes := 0;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_put_off BEFORE UPDATE ON orders
  FOR EACH ROW WHEN (OLD.status <> NEW.status AND NEW.status = 'accepted')
  EXECUTE FUNCTION forget_put_off();
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
    'refunds', o.refunds, 'putOffMinutes', o.put_off_minutes,
    'etaFrom', o.eta_from, 'etaTo', o.eta_to, 'etaStage', o.eta_stage, 'delayedAt', o.delayed_at,
    'foodRating', o.food_rating, 'deliveryRating', o.delivery_rating,
    'ratingComment', o.rating_comment, 'ratedAt', o.rated_at)
$$;
--> statement-breakpoint
-- As before, and what dispatchers do by hand is told under its own name.
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
