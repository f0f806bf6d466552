-- A driver is asked about a run: one order, or several that go together. All offers of one question
-- share its `run_id`; each delivery that was taken on this way keeps it.
ALTER TABLE offers
  ADD COLUMN run_id uuid NOT NULL DEFAULT uuid_v7(),
  -- The order of handing over in the run, and how many orders it was made of.
  ADD COLUMN run_stop integer NOT NULL DEFAULT 1 CHECK (run_stop BETWEEN 1 AND 10),
  ADD COLUMN run_size integer NOT NULL DEFAULT 1 CHECK (run_size BETWEEN 1 AND 10),
  -- Which of the questions that the driver may be asked at once this is.
  ADD COLUMN ask_slot integer NOT NULL DEFAULT 1 CHECK (ask_slot BETWEEN 1 AND 10),
  -- Why this driver, for the driver: a code and figures.
  ADD COLUMN why jsonb,
  ADD CHECK (run_stop <= run_size);
--> statement-breakpoint
ALTER TABLE deliveries
  ADD COLUMN run_id uuid,
  ADD COLUMN run_stop integer CHECK (run_stop > 0),
  -- Whom the dispatcher means to ask, and when they have to leave: it asks as late as that.
  ADD COLUMN planned_driver_id uuid,
  ADD COLUMN planned_driver_name text,
  ADD COLUMN planned_leave_at timestamptz,
  -- What the stall watch sees; null: the driver gets on.
  ADD COLUMN stall_kind text CHECK (stall_kind IN ('stalled', 'going_away', 'dark')),
  ADD COLUMN stall_since timestamptz,
  -- Who has been told so far.
  ADD COLUMN stall_told text CHECK (stall_told IN ('driver', 'admin')),
  ADD CHECK ((run_id IS NULL) = (run_stop IS NULL)),
  ADD CHECK ((planned_driver_id IS NULL) = (planned_driver_name IS NULL)),
  ADD CHECK ((planned_driver_id IS NULL) = (planned_leave_at IS NULL)),
  ADD CHECK ((stall_kind IS NULL) = (stall_since IS NULL)),
  ADD CHECK ((stall_kind IS NULL) = (stall_told IS NULL));
--> statement-breakpoint
DROP INDEX offers_one_pending_per_driver;
--> statement-breakpoint
-- One question at a time per driver and slot, however many orders it is made of.
ALTER TABLE offers ADD CONSTRAINT offers_one_question EXCLUDE USING gist
  (driver_id WITH =, ask_slot WITH =, run_id WITH <>) WHERE (status = 'pending');
--> statement-breakpoint
-- Nobody is asked twice at once about the same delivery.
CREATE UNIQUE INDEX offers_asked_once ON offers (delivery_id, driver_id) WHERE status = 'pending';
--> statement-breakpoint
-- What a driver is being asked.
CREATE INDEX offers_pending_of_driver ON offers (driver_id) WHERE status = 'pending';
--> statement-breakpoint
CREATE INDEX offers_run ON offers (run_id);
--> statement-breakpoint
-- Who has refused how much lately.
CREATE INDEX offers_recent ON offers (driver_id, created_at);
--> statement-breakpoint
-- Deliveries without a driver, by the place a driver becomes free at; also those given up on.
DROP INDEX deliveries_waiting;
--> statement-breakpoint
CREATE INDEX deliveries_waiting ON deliveries USING gist (pickup)
  WHERE status IN ('unassigned', 'offering', 'no_driver');
--> statement-breakpoint
-- As before, and a run ends for a delivery with its driver; each step is progress and ends a plan.
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
  NEW.stall_kind := NULL;
  NEW.stall_since := NULL;
  NEW.stall_told := NULL;
  NEW.planned_driver_id := NULL;
  NEW.planned_driver_name := NULL;
  NEW.planned_leave_at := NULL;
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
      NEW.run_id := NULL;
      NEW.run_stop := NULL;
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
-- As before, and a zone may let its drivers be asked several things at once.
CREATE OR REPLACE FUNCTION refresh_availability(driver uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  here drivers;
  free boolean;
BEGIN
  SELECT * INTO here FROM drivers WHERE user_id = driver FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  free := here.online
    AND (SELECT count(DISTINCT run_id) FROM offers WHERE driver_id = driver AND status = 'pending')
      < questions_at_once(here.zone_id)
    AND here.capacity > (
      SELECT count(*) FROM deliveries
      WHERE driver_id = driver
        AND status IN ('assigned', 'at_pickup', 'picked_up', 'at_dropoff', 'failed', 'returning'));
  UPDATE driver_positions SET available = free WHERE driver_id = driver AND available <> free;
END $$;
--> statement-breakpoint
-- How many questions a driver of this zone may have open at once.
CREATE FUNCTION questions_at_once(zone uuid) RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN jsonb_typeof(dispatch_policy -> 'parallelOffersPerDriver') = 'number'
    THEN (dispatch_policy ->> 'parallelOffersPerDriver')::numeric::integer ELSE 1 END
  FROM zones WHERE id = zone
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION delivery_image(d deliveries) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'id', d.id, 'orderId', d.order_id, 'status', d.status,
    'driverId', d.driver_id, 'driverName', d.driver_name, 'driverVehicle', d.driver_vehicle,
    'pay', d.pay, 'attempt', d.attempt, 'radiusM', d.radius_m, 'nextAttemptAt', d.next_attempt_at,
    'assignedAt', d.assigned_at, 'atPickupAt', d.at_pickup_at, 'pickedUpAt', d.picked_up_at,
    'atDropoffAt', d.at_dropoff_at, 'deliveredAt', d.delivered_at, 'reason', d.reason,
    'imminentAt', d.imminent_at, 'proof', d.proof,
    'runId', d.run_id, 'runStop', d.run_stop,
    'planned', CASE WHEN d.planned_driver_id IS NOT NULL THEN jsonb_build_object(
      'driverId', d.planned_driver_id, 'driverName', d.planned_driver_name,
      'leaveAt', d.planned_leave_at) END,
    'stall', CASE WHEN d.stall_kind IS NOT NULL THEN jsonb_build_object(
      'kind', d.stall_kind, 'since', d.stall_since, 'told', d.stall_told) END)
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION offer_image(f offers) RETURNS jsonb LANGUAGE sql STABLE AS $$
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
  FROM orders o JOIN deliveries d ON d.order_id = o.id WHERE o.id = f.order_id
$$;
--> statement-breakpoint
-- As before, and what the stall watch sees is told under its own name.
CREATE OR REPLACE FUNCTION log_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  o orders;
  type text;
  data jsonb := jsonb_build_object('delivery', delivery_image(NEW));
BEGIN
  SELECT * INTO o FROM orders WHERE orders.id = NEW.order_id;
  IF TG_OP = 'INSERT' THEN type := 'delivery.created';
  ELSIF OLD.status = NEW.status THEN
    type := CASE
      WHEN OLD.imminent_at IS NULL AND NEW.imminent_at IS NOT NULL THEN 'delivery.imminent'
      WHEN OLD.stall_kind IS DISTINCT FROM NEW.stall_kind
        THEN 'delivery.' || coalesce(NEW.stall_kind, 'moving_again')
      ELSE 'delivery.updated' END;
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
