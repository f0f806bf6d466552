-- What the log's triggers cost. A function in SQL that is not put into its caller's expression is parsed and planned
-- anew in each transaction that calls it: 0.05 to 0.3 ms, more than what it does. These were declared IMMUTABLE around
-- jsonb_build_object, which is STABLE: that alone kept them out.
ALTER FUNCTION point_image(geography) STABLE;
--> statement-breakpoint
ALTER FUNCTION message_image(order_messages) STABLE;
--> statement-breakpoint
ALTER FUNCTION notice_image(notices) STABLE;
--> statement-breakpoint
-- As before, with the keys in jsonb's own order: by length, then by letter. It sorts them whenever it builds or joins
-- objects, which was more than half of what an image cost, and sees at once that these are sorted. An object has
-- 50 keys at most when it is built, which is why there are two.
CREATE OR REPLACE FUNCTION order_image(o orders) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'id', o.id, 'pin', o.pin, 'tax', o.tax, 'tip', o.tip, 'etaTo', o.eta_to, 'total', o.total,
    'number', o.number, 'pickup', point_image(o.pickup), 'reason', o.reason, 'slotTo', o.slot_to,
    'status', o.status, 'dropoff', point_image(o.dropoff), 'etaFrom', o.eta_from, 'ratedAt', o.rated_at,
    'readyAt', o.ready_at, 'refunds', o.refunds, 'closedAt', o.closed_at, 'closedBy', o.closed_by,
    'currency', o.currency, 'discount', o.discount, 'etaStage', o.eta_stage, 'handover', o.handover,
    'placedAt', o.placed_at, 'slotFrom', o.slot_from, 'subtotal', o.subtotal, 'timeZone', o.time_zone,
    'tipAfter', o.tip_after, 'cancelFee', o.cancel_fee, 'delayedAt', o.delayed_at, 'itemCount', o.item_count,
    'promoCode', o.promo_code, 'acceptedAt', o.accepted_at, 'customerId', o.customer_id,
    'foodRating', o.food_rating, 'fulfilment', o.fulfilment, 'promisedTo', o.promised_to,
    'deliveryFee', o.delivery_fee, 'dropoffNote', o.dropoff_note, 'prepMinutes', o.prep_minutes,
    'preparingAt', o.preparing_at, 'taxIncluded', o.tax_included, 'customerName', o.customer_name,
    'promisedFrom', o.promised_from, 'restaurantId', o.restaurant_id, 'paymentMethod', o.payment_method,
    'paymentStatus', o.payment_status, 'pickupAddress', o.pickup_address, 'putOffMinutes', o.put_off_minutes)
  || jsonb_build_object(
    'ratingComment', o.rating_comment, 'tripDistanceM', o.trip_distance_m, 'deliveryRating', o.delivery_rating,
    'dropoffAddress', o.dropoff_address, 'restaurantName', o.restaurant_name,
    'restaurantSlug', o.restaurant_slug, 'readyEstimateAt', o.ready_estimate_at)
$$;
--> statement-breakpoint
-- As before, but these read or write tables, and so can't be put in: PL/pgSQL keeps their plans.
CREATE OR REPLACE FUNCTION offer_image(f offers) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT jsonb_build_object(
      'id', f.id, 'deliveryId', f.delivery_id, 'orderId', f.order_id, 'orderNumber', o.number,
      'driverId', f.driver_id, 'driverName', f.driver_name, 'status', f.status,
      'runId', f.run_id, 'runStop', f.run_stop, 'runSize', f.run_size, 'why', f.why,
      'pay', d.pay, 'currency', o.currency,
      'pickupDistanceM', f.pickup_distance_m, 'tripDistanceM', o.trip_distance_m,
      'restaurantName', o.restaurant_name,
      'pickup', point_image(o.pickup), 'pickupAddress', o.pickup_address,
      'dropoff', point_image(o.dropoff), 'dropoffAddress', o.dropoff_address,
      'attempt', f.attempt, 'createdAt', f.created_at, 'expiresAt', f.expires_at,
      'decidedAt', f.decided_at, 'reason', f.reason)
    FROM orders o JOIN deliveries d ON d.order_id = o.id WHERE o.id = f.order_id);
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION driver_image(d drivers) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT jsonb_build_object(
      'id', d.user_id, 'name', u.name, 'vehicle', d.vehicle, 'capacity', d.capacity,
      'online', d.online, 'onlineSince', d.online_since, 'breakSince', d.break_since,
      'shiftEndsAt', d.shift_ends_at, 'shiftOver', d.shift_over,
      'rating', round(d.rating_sum::numeric / nullif(d.rating_count, 0), 1),
      'ratingCount', d.rating_count)
    FROM users u WHERE u.id = d.user_id);
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION raise_must_see(o orders, event text, raised_at timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO must_sees (order_id, restaurant_id, event, raised_at, next_at)
    VALUES (o.id, o.restaurant_id, raise_must_see.event, raise_must_see.raised_at,
      raise_must_see.raised_at)
    ON CONFLICT DO NOTHING;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION close_must_sees(o orders, events text[], outcome text, who text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE must_sees SET state = outcome, closed_at = now(), closed_by = who, next_at = NULL
    WHERE order_id = o.id AND state = 'open' AND event = ANY (events);
END $$;
--> statement-breakpoint
-- As before, but a stream that is there already, as most are, is counted on by a plain update: trying to insert it
-- first locks its row in a write of its own.
CREATE OR REPLACE FUNCTION append_event(
  kind text, id uuid, type text, data jsonb, customer uuid, driver uuid, restaurant uuid
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  next_version integer;
BEGIN
  -- The row lock of the stream makes its versions gapless and their order that of the commits.
  UPDATE streams AS s SET version = s.version + 1 WHERE s.id = append_event.id
    RETURNING s.version INTO next_version;
  IF NOT FOUND THEN
    INSERT INTO streams AS s (id, kind, version) VALUES (append_event.id, append_event.kind, 1)
      ON CONFLICT ON CONSTRAINT streams_pkey DO UPDATE SET version = s.version + 1
      RETURNING s.version INTO next_version;
  END IF;
  INSERT INTO events (stream, stream_id, version, type, data, actor,
      customer_id, driver_id, restaurant_id)
    VALUES (append_event.kind, append_event.id, next_version, append_event.type, append_event.data,
      coalesce(nullif(current_setting('app.actor', true), ''), 'database:' || session_user),
      customer, driver, restaurant);
END $$;
