-- The three machines of src/domain, enforced a second time: even a hand-typed UPDATE can't make an
-- illegal step. A test holds these rows against the machines in the code.
CREATE TABLE machine_steps (
  machine text NOT NULL,
  from_state text NOT NULL,
  command text NOT NULL,
  to_state text NOT NULL,
  PRIMARY KEY (machine, from_state, command)
);
--> statement-breakpoint
INSERT INTO machine_steps (machine, from_state, command, to_state) VALUES
  ('order', 'placed', 'accept', 'accepted'),
  ('order', 'placed', 'reject', 'rejected'),
  ('order', 'placed', 'expire', 'expired'),
  ('order', 'placed', 'cancel', 'cancelled'),
  ('order', 'accepted', 'start', 'preparing'),
  ('order', 'accepted', 'cancel', 'cancelled'),
  ('order', 'preparing', 'finish', 'ready'),
  ('order', 'preparing', 'cancel', 'cancelled'),
  ('order', 'ready', 'complete', 'completed'),
  ('order', 'ready', 'cancel', 'cancelled'),
  ('order', 'cancelled', 'restore', 'accepted'),
  ('delivery', 'unassigned', 'offer', 'offering'),
  ('delivery', 'unassigned', 'assign', 'assigned'),
  ('delivery', 'unassigned', 'exhaust', 'no_driver'),
  ('delivery', 'unassigned', 'cancel', 'cancelled'),
  ('delivery', 'offering', 'assign', 'assigned'),
  ('delivery', 'offering', 'exhaust', 'no_driver'),
  ('delivery', 'offering', 'cancel', 'cancelled'),
  ('delivery', 'assigned', 'arrive_pickup', 'at_pickup'),
  ('delivery', 'assigned', 'unassign', 'offering'),
  ('delivery', 'assigned', 'cancel', 'cancelled'),
  ('delivery', 'at_pickup', 'pick_up', 'picked_up'),
  ('delivery', 'at_pickup', 'unassign', 'offering'),
  ('delivery', 'at_pickup', 'cancel', 'cancelled'),
  ('delivery', 'picked_up', 'arrive_dropoff', 'at_dropoff'),
  ('delivery', 'picked_up', 'fail', 'failed'),
  ('delivery', 'at_dropoff', 'deliver', 'delivered'),
  ('delivery', 'at_dropoff', 'fail', 'failed'),
  ('delivery', 'no_driver', 'offer', 'offering'),
  ('delivery', 'no_driver', 'assign', 'assigned'),
  ('delivery', 'no_driver', 'cancel', 'cancelled'),
  ('delivery', 'cancelled', 'restore', 'unassigned'),
  ('delivery', 'failed', 'return', 'returning'),
  ('delivery', 'returning', 'finish_return', 'returned'),
  ('offer', 'pending', 'accept', 'accepted'),
  ('offer', 'pending', 'decline', 'declined'),
  ('offer', 'pending', 'expire', 'expired'),
  ('offer', 'pending', 'withdraw', 'withdrawn');
--> statement-breakpoint
CREATE FUNCTION enforce_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> TG_ARGV[1] THEN
      RAISE EXCEPTION '% % can only begin as %, not as %', TG_ARGV[0], NEW.id, TG_ARGV[1], NEW.status
        USING ERRCODE = 'HF001';
    END IF;
  ELSIF NEW.status <> OLD.status AND NOT EXISTS (
    SELECT FROM machine_steps
    WHERE machine = TG_ARGV[0] AND from_state = OLD.status AND to_state = NEW.status
  ) THEN
    RAISE EXCEPTION '% % can''t go from % to %', TG_ARGV[0], NEW.id, OLD.status, NEW.status
      USING ERRCODE = 'HF001';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER a_step BEFORE INSERT OR UPDATE ON orders
  FOR EACH ROW EXECUTE FUNCTION enforce_step('order', 'placed');
--> statement-breakpoint
CREATE TRIGGER a_step BEFORE INSERT OR UPDATE ON deliveries
  FOR EACH ROW EXECUTE FUNCTION enforce_step('delivery', 'unassigned');
--> statement-breakpoint
CREATE TRIGGER a_step BEFORE INSERT OR UPDATE ON offers
  FOR EACH ROW EXECUTE FUNCTION enforce_step('offer', 'pending');
--> statement-breakpoint
-- The times of the steps, whoever makes them.
CREATE FUNCTION stamp_order() RETURNS trigger LANGUAGE plpgsql AS $$
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
      NEW.ready_estimate_at := now() + make_interval(mins => NEW.prep_minutes);
    WHEN 'preparing' THEN NEW.preparing_at := now();
    WHEN 'ready' THEN
      NEW.ready_at := now();
      NEW.ready_estimate_at := now();
    ELSE NEW.closed_at := now();
  END CASE;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER b_stamp BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION stamp_order();
--> statement-breakpoint
-- The times of the steps, the driver's name beside the id, and no driver above their capacity.
CREATE FUNCTION stamp_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
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
        NEW.search_started_at := now();
        NEW.empty_rounds := 0;
        NEW.next_attempt_at := coalesce(NEW.next_attempt_at, now());
        NEW.reason := NULL;
      END IF;
    WHEN 'no_driver', 'cancelled' THEN NEW.next_attempt_at := NULL;
    ELSE NULL;
  END CASE;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER b_stamp BEFORE UPDATE ON deliveries FOR EACH ROW EXECUTE FUNCTION stamp_delivery();
--> statement-breakpoint
CREATE FUNCTION stamp_offer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status <> OLD.status THEN NEW.decided_at := now(); END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER b_stamp BEFORE UPDATE ON offers FOR EACH ROW EXECUTE FUNCTION stamp_offer();
--> statement-breakpoint
-- Whether a driver may be offered work: online, with room, and not being asked already. The lock on
-- the driver comes first, so that two changes at once can't each miss the other.
CREATE FUNCTION refresh_availability(driver uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  here drivers;
  free boolean;
BEGIN
  SELECT * INTO here FROM drivers WHERE user_id = driver FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  free := here.online
    AND NOT EXISTS (SELECT FROM offers WHERE driver_id = driver AND status = 'pending')
    AND here.capacity > (
      SELECT count(*) FROM deliveries
      WHERE driver_id = driver
        AND status IN ('assigned', 'at_pickup', 'picked_up', 'at_dropoff', 'failed', 'returning'));
  UPDATE driver_positions SET available = free WHERE driver_id = driver AND available <> free;
END $$;
--> statement-breakpoint
CREATE FUNCTION availability_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'drivers' THEN
    PERFORM refresh_availability(NEW.user_id);
  ELSIF TG_OP = 'DELETE' THEN
    IF OLD.driver_id IS NOT NULL THEN PERFORM refresh_availability(OLD.driver_id); END IF;
  ELSE
    IF NEW.driver_id IS NOT NULL THEN PERFORM refresh_availability(NEW.driver_id); END IF;
    IF TG_OP = 'UPDATE' AND OLD.driver_id IS NOT NULL
      AND OLD.driver_id IS DISTINCT FROM NEW.driver_id THEN
      PERFORM refresh_availability(OLD.driver_id);
    END IF;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER y_availability AFTER UPDATE OF online, capacity ON drivers
  FOR EACH ROW EXECUTE FUNCTION availability_changed();
--> statement-breakpoint
CREATE TRIGGER y_availability AFTER UPDATE OF status ON deliveries
  FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION availability_changed();
--> statement-breakpoint
CREATE TRIGGER y_availability_delete AFTER DELETE ON deliveries
  FOR EACH ROW EXECUTE FUNCTION availability_changed();
--> statement-breakpoint
CREATE TRIGGER y_availability AFTER INSERT OR DELETE OR UPDATE OF status ON offers
  FOR EACH ROW EXECUTE FUNCTION availability_changed();
--> statement-breakpoint
CREATE TRIGGER y_availability AFTER INSERT ON driver_positions
  FOR EACH ROW EXECUTE FUNCTION availability_changed();
