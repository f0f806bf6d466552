-- A driver's day: a shift that may have an end, breaks in it, and the cash that is handed in after it.
ALTER TABLE drivers
  ADD COLUMN break_since timestamptz,
  ADD COLUMN shift_ends_at timestamptz,
  -- The shift is over, and something is carried still: no more offers, offline after the handover.
  ADD COLUMN shift_over boolean NOT NULL DEFAULT false;
--> statement-breakpoint
-- Shifts to end.
CREATE INDEX drivers_shift_ends ON drivers (shift_ends_at) WHERE online AND shift_ends_at IS NOT NULL;
--> statement-breakpoint
-- Whoever goes offline, by whatever hand, leaves nothing of the shift behind.
CREATE FUNCTION stamp_driver() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT NEW.online THEN
    NEW.break_since := NULL;
    NEW.shift_ends_at := NULL;
    NEW.shift_over := false;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER b_stamp BEFORE INSERT OR UPDATE ON drivers
  FOR EACH ROW EXECUTE FUNCTION stamp_driver();
--> statement-breakpoint
-- Whoever has work is not on a break.
CREATE FUNCTION end_break() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE drivers SET break_since = NULL WHERE user_id = NEW.driver_id AND break_since IS NOT NULL;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER x_end_break AFTER UPDATE OF status ON deliveries
  FOR EACH ROW WHEN (OLD.status <> NEW.status AND NEW.status = 'assigned')
  EXECUTE FUNCTION end_break();
--> statement-breakpoint
-- As before, and nobody is offered work on a break or after the end of their shift.
CREATE OR REPLACE FUNCTION refresh_availability(driver uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  here drivers;
  free boolean;
BEGIN
  SELECT * INTO here FROM drivers WHERE user_id = driver FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  free := here.online AND here.break_since IS NULL AND NOT here.shift_over
    AND (here.shift_ends_at IS NULL OR here.shift_ends_at > now())
    AND (SELECT count(DISTINCT run_id) FROM offers WHERE driver_id = driver AND status = 'pending')
      < questions_at_once(here.zone_id)
    AND here.capacity > (
      SELECT count(*) FROM deliveries
      WHERE driver_id = driver
        AND status IN ('assigned', 'at_pickup', 'picked_up', 'at_dropoff', 'failed', 'returning'));
  UPDATE driver_positions SET available = free WHERE driver_id = driver AND available <> free;
END $$;
--> statement-breakpoint
DROP TRIGGER y_availability ON drivers;
--> statement-breakpoint
CREATE TRIGGER y_availability
  AFTER UPDATE OF online, capacity, break_since, shift_over, shift_ends_at ON drivers
  FOR EACH ROW EXECUTE FUNCTION availability_changed();
--> statement-breakpoint
CREATE OR REPLACE FUNCTION driver_image(d drivers) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'id', d.user_id, 'name', u.name, 'vehicle', d.vehicle, 'capacity', d.capacity,
    'online', d.online, 'onlineSince', d.online_since, 'breakSince', d.break_since,
    'shiftEndsAt', d.shift_ends_at, 'shiftOver', d.shift_over,
    'rating', round(d.rating_sum::numeric / nullif(d.rating_count, 0), 1),
    'ratingCount', d.rating_count)
  FROM users u WHERE u.id = d.user_id
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION log_driver() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  type text := CASE
    WHEN TG_OP = 'INSERT' THEN 'driver.joined'
    WHEN OLD.online <> NEW.online THEN
      CASE WHEN NEW.online THEN 'driver.online' ELSE 'driver.offline' END
    WHEN OLD.break_since IS NULL AND NEW.break_since IS NOT NULL THEN 'driver.on_break'
    WHEN OLD.break_since IS NOT NULL AND NEW.break_since IS NULL THEN 'driver.back'
    ELSE 'driver.updated' END;
BEGIN
  PERFORM append_event('driver', NEW.user_id, type,
    jsonb_build_object('driver', driver_image(NEW)), NULL, NEW.user_id, NULL);
  RETURN NULL;
END $$;
--> statement-breakpoint
-- Told to nobody but who carries the order, for as long as they carry it.
ALTER TABLE users ADD COLUMN phone text CHECK (phone ~ '^\+[0-9]{6,15}$');
--> statement-breakpoint
ALTER TABLE restaurants ADD COLUMN phone text CHECK (phone ~ '^\+[0-9]{6,15}$');
--> statement-breakpoint
-- A photo or a signature that a driver brings forward; the bytes lie where the store puts them.
CREATE TABLE delivery_proofs (
  id uuid PRIMARY KEY,
  delivery_id uuid NOT NULL REFERENCES deliveries ON DELETE CASCADE,
  driver_id uuid NOT NULL REFERENCES drivers,
  kind text NOT NULL CHECK (kind IN ('photo', 'signature')),
  media_type text NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png', 'image/webp')),
  bytes integer NOT NULL CHECK (bytes > 0),
  -- Pixels.
  width integer NOT NULL CHECK (width > 0),
  height integer NOT NULL CHECK (height > 0),
  sha256 text NOT NULL,
  stored_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE INDEX delivery_proofs_delivery ON delivery_proofs (delivery_id);
--> statement-breakpoint
ALTER TABLE deliveries
  -- Since when the driver seems to stand where the next step is taken; asked, not assumed.
  ADD COLUMN near_at timestamptz,
  -- Why the latest driver gave it back before the pickup.
  ADD COLUMN hand_back_reason text,
  ADD COLUMN proof_id uuid REFERENCES delivery_proofs,
  -- Who signed, typed instead of drawn.
  ADD COLUMN signed_by text CHECK (length(signed_by) BETWEEN 1 AND 80),
  DROP CONSTRAINT deliveries_proof_check,
  ADD CONSTRAINT deliveries_proof_check
    CHECK (proof IN ('pin', 'at_door', 'none', 'photo', 'signature'));
--> statement-breakpoint
CREATE OR REPLACE FUNCTION delivery_image(d deliveries) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'id', d.id, 'orderId', d.order_id, 'status', d.status,
    'driverId', d.driver_id, 'driverName', d.driver_name, 'driverVehicle', d.driver_vehicle,
    'pay', d.pay, 'attempt', d.attempt, 'radiusM', d.radius_m, 'nextAttemptAt', d.next_attempt_at,
    'assignedAt', d.assigned_at, 'atPickupAt', d.at_pickup_at, 'pickedUpAt', d.picked_up_at,
    'atDropoffAt', d.at_dropoff_at, 'deliveredAt', d.delivered_at, 'reason', d.reason,
    'imminentAt', d.imminent_at, 'proof', d.proof,
    'proofId', d.proof_id, 'signedBy', d.signed_by, 'nearAt', d.near_at,
    'handBackReason', d.hand_back_reason,
    'runId', d.run_id, 'runStop', d.run_stop,
    'planned', CASE WHEN d.planned_driver_id IS NOT NULL THEN jsonb_build_object(
      'driverId', d.planned_driver_id, 'driverName', d.planned_driver_name,
      'leaveAt', d.planned_leave_at) END,
    'stall', CASE WHEN d.stall_kind IS NOT NULL THEN jsonb_build_object(
      'kind', d.stall_kind, 'since', d.stall_since, 'told', d.stall_told) END)
$$;
--> statement-breakpoint
-- A step that was taken without a network bears the time at which it was taken.
CREATE FUNCTION time_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  taken timestamptz := coalesce(nullif(current_setting('app.step_at', true), '')::timestamptz, now());
BEGIN
  NEW.near_at := NULL;
  CASE NEW.status
    WHEN 'at_pickup' THEN NEW.at_pickup_at := taken;
    WHEN 'picked_up' THEN NEW.picked_up_at := taken;
    WHEN 'at_dropoff' THEN NEW.at_dropoff_at := taken;
    WHEN 'delivered' THEN NEW.delivered_at := taken;
    ELSE NULL;
  END CASE;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_time BEFORE UPDATE ON deliveries
  FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION time_step();
--> statement-breakpoint
-- Cash that a driver has handed in, and for which orders: each is handed in once.
CREATE TABLE cash_handins (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  driver_id uuid NOT NULL REFERENCES drivers,
  admin_id uuid NOT NULL REFERENCES users,
  currency char(3) NOT NULL,
  amount integer NOT NULL CHECK (amount > 0),
  at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE INDEX cash_handins_at ON cash_handins (at DESC);
--> statement-breakpoint
CREATE TABLE cash_handin_orders (
  order_id uuid PRIMARY KEY REFERENCES orders ON DELETE CASCADE,
  handin_id uuid NOT NULL REFERENCES cash_handins ON DELETE CASCADE,
  amount integer NOT NULL CHECK (amount >= 0)
);
--> statement-breakpoint
CREATE INDEX cash_handin_orders_handin ON cash_handin_orders (handin_id);
--> statement-breakpoint
-- The driver's page, and every admin's, hear that cash was handed in.
CREATE FUNCTION log_handin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM append_event('driver', NEW.driver_id, 'driver.cash_handed_in',
    jsonb_build_object('driver', (SELECT driver_image(d) FROM drivers d WHERE d.user_id = NEW.driver_id)),
    NULL, NEW.driver_id, NULL);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER z_log AFTER INSERT ON cash_handins FOR EACH ROW EXECUTE FUNCTION log_handin();
