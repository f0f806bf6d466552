-- What people are told about their account by mail: that somebody tried to open it a second time.
CREATE TABLE account_mails (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('sign_up_known')),
  -- Of UTC. One of a kind in a day: whoever tries often fills nobody's mailbox.
  day date NOT NULL,
  -- When it goes out, or is tried again; null: it has gone, or was given up.
  due_at timestamptz,
  attempts integer NOT NULL DEFAULT 0,
  error text,
  sent_at timestamptz,
  UNIQUE (user_id, kind, day)
);
--> statement-breakpoint
CREATE INDEX account_mails_due ON account_mails (due_at) WHERE due_at IS NOT NULL;
--> statement-breakpoint
-- Since then the account is nobody's: its orders stay, whose they were is not known any more.
ALTER TABLE users ADD COLUMN erased_at timestamptz;
--> statement-breakpoint
ALTER TABLE orders ADD COLUMN erased_at timestamptz;
--> statement-breakpoint
-- Pictures that go at the next housekeeping, whatever is kept otherwise.
ALTER TABLE delivery_proofs ADD COLUMN doomed_at timestamptz;
--> statement-breakpoint
CREATE INDEX delivery_proofs_doomed ON delivery_proofs (doomed_at)
  WHERE doomed_at IS NOT NULL AND forgotten_at IS NULL;
--> statement-breakpoint
-- That an order's customer was erased is a change of its own: neither another address nor news to anybody.
DROP TRIGGER z_log_update ON orders;
--> statement-breakpoint
CREATE TRIGGER z_log_update AFTER UPDATE ON orders FOR EACH ROW
  WHEN (OLD.* IS DISTINCT FROM NEW.* AND OLD.erased_at IS NOT DISTINCT FROM NEW.erased_at)
  EXECUTE FUNCTION log_order();
--> statement-breakpoint
CREATE FUNCTION log_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  driver uuid;
BEGIN
  SELECT d.driver_id INTO driver FROM deliveries d WHERE d.order_id = NEW.id;
  PERFORM append_event('order', NEW.id, 'order.erased',
    jsonb_build_object('order', order_image(NEW)), NEW.customer_id, driver, NEW.restaurant_id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER z_log_erasure AFTER UPDATE ON orders FOR EACH ROW
  WHEN (OLD.erased_at IS DISTINCT FROM NEW.erased_at) EXECUTE FUNCTION log_erasure();
--> statement-breakpoint
-- An image of the log without its customer, however deep they stand in it: the door becomes a square of
-- about a kilometre, and what a mail server said may name who could not be reached.
CREATE FUNCTION without_customer(image jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF jsonb_typeof(image) = 'object' THEN
    RETURN (SELECT coalesce(jsonb_object_agg(key, CASE
        WHEN value = 'null' THEN value
        WHEN key IN ('customerName', 'dropoffAddress', 'signedBy') THEN '"—"'
        WHEN key IN ('dropoffNote', 'ratingComment', 'body', 'note', 'error') THEN '""'
        WHEN key = 'pin' THEN 'null'
        WHEN key = 'dropoff' THEN jsonb_build_object(
          'lat', round((value ->> 'lat')::numeric, 2), 'lng', round((value ->> 'lng')::numeric, 2))
        ELSE without_customer(value) END), '{}')
      FROM jsonb_each(image));
  END IF;
  IF jsonb_typeof(image) = 'array' THEN
    RETURN (SELECT coalesce(jsonb_agg(without_customer(value) ORDER BY place), '[]')
      FROM jsonb_array_elements(image) WITH ORDINALITY AS parts (value, place));
  END IF;
  RETURN image;
END $$;
--> statement-breakpoint
-- Takes a customer out of everything: what is theirs alone is deleted, their orders, and what the log tells
-- of them, lose name, door and words. Who calls has locked the orders, then the person; all orders are over.
CREATE FUNCTION erase_customer(person uuid, unusable_hash text, why text, moment timestamptz)
RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  mine uuid[] := ARRAY(SELECT id FROM orders WHERE customer_id = person);
  was text := (SELECT email FROM users WHERE id = person);
  -- Answers are kept for a day: those to others, too, may hold what was said about an order of late.
  touched jsonb := (SELECT jsonb_agg(DISTINCT stream_id) FROM events
    WHERE stream_id = ANY (mine) AND at > moment - interval '2 days');
BEGIN
  UPDATE idempotency_keys SET response = without_customer(response)
    WHERE jsonb_path_exists(response, '$.** ? (@ == $ids[*])', jsonb_build_object('ids', touched));
  DELETE FROM relay_tries t USING events e
    WHERE e.stream_id = ANY (mine) AND t.event_id = e.xid::text || '.' || e.position::text;
  DELETE FROM notices WHERE user_id = person OR order_id = ANY (mine);
  DELETE FROM order_shares WHERE order_id = ANY (mine);
  DELETE FROM order_messages WHERE order_id = ANY (mine);
  UPDATE order_lines SET note = '' WHERE order_id = ANY (mine) AND note <> '';
  UPDATE deliveries SET signed_by = '—' WHERE order_id = ANY (mine) AND signed_by IS NOT NULL;
  UPDATE delivery_proofs p SET doomed_at = moment FROM deliveries d
    WHERE d.id = p.delivery_id AND d.order_id = ANY (mine) AND p.forgotten_at IS NULL;
  UPDATE orders SET customer_name = '—', dropoff_address = '—', dropoff_note = '', rating_comment = '',
      pin = NULL, dropoff = ST_SnapToGrid(dropoff::geometry, 0.01)::geography, erased_at = moment
    WHERE id = ANY (mine);
  UPDATE events SET data = without_customer(data) WHERE stream_id = ANY (mine);
  DELETE FROM saved_addresses WHERE user_id = person;
  DELETE FROM push_subscriptions WHERE user_id = person;
  DELETE FROM notice_settings WHERE user_id = person;
  DELETE FROM account_mails WHERE user_id = person;
  DELETE FROM api_keys WHERE user_id = person;
  DELETE FROM idempotency_keys WHERE user_id = person;
  DELETE FROM invitations WHERE user_id = person OR email = was;
  DELETE FROM sessions WHERE user_id = person;
  UPDATE users SET name = '—', email = 'erased-' || id || '@erased.invalid', phone = NULL,
      locale = 'en', password_hash = unusable_hash, block_reason = NULL, erased_at = moment
    WHERE id = person;
  PERFORM record_change('person', person, 'person.erased', jsonb_build_object('reason', why));
  RETURN cardinality(mine);
END $$;
--> statement-breakpoint
-- A request that was under way when its account was erased leaves nothing behind. The lock waits for who is
-- erasing it just now.
CREATE FUNCTION refuse_erased() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  person uuid := (to_jsonb(NEW) ->> TG_ARGV[0])::uuid;
  erased timestamptz;
BEGIN
  SELECT erased_at INTO erased FROM users WHERE id = person FOR KEY SHARE;
  IF erased IS NOT NULL THEN
    RAISE EXCEPTION 'person % is erased', person USING ERRCODE = 'HF005';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER a_erased BEFORE INSERT ON orders
  FOR EACH ROW EXECUTE FUNCTION refuse_erased('customer_id');
--> statement-breakpoint
CREATE TRIGGER a_erased BEFORE INSERT ON order_messages
  FOR EACH ROW EXECUTE FUNCTION refuse_erased('sender_id');
--> statement-breakpoint
CREATE TRIGGER a_erased BEFORE INSERT ON saved_addresses
  FOR EACH ROW EXECUTE FUNCTION refuse_erased('user_id');
--> statement-breakpoint
CREATE TRIGGER a_erased BEFORE INSERT ON push_subscriptions
  FOR EACH ROW EXECUTE FUNCTION refuse_erased('user_id');
--> statement-breakpoint
CREATE TRIGGER a_erased BEFORE INSERT ON sessions
  FOR EACH ROW EXECUTE FUNCTION refuse_erased('user_id');
--> statement-breakpoint
CREATE TRIGGER a_erased BEFORE INSERT ON api_keys
  FOR EACH ROW EXECUTE FUNCTION refuse_erased('user_id');
--> statement-breakpoint
-- What was still to be told to them is not written down any more; the others' notices are.
CREATE FUNCTION skip_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM users WHERE id = NEW.user_id AND erased_at IS NOT NULL) THEN
    RETURN NULL;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER a_erased BEFORE INSERT ON notices FOR EACH ROW EXECUTE FUNCTION skip_erased();
--> statement-breakpoint
CREATE FUNCTION keep_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'person % is erased', OLD.id USING ERRCODE = 'HF005';
END $$;
--> statement-breakpoint
-- What is erased stays so: nobody gets a name, a role or a telephone back.
CREATE TRIGGER a_erased BEFORE UPDATE ON users
  FOR EACH ROW WHEN (OLD.erased_at IS NOT NULL) EXECUTE FUNCTION keep_erased();
--> statement-breakpoint
-- Money may still be given back for such an order; whose it was does not come back, nor the order itself.
CREATE FUNCTION keep_order_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status <> OLD.status THEN
    RAISE EXCEPTION 'order % is erased', OLD.id USING ERRCODE = 'HF005';
  END IF;
  NEW.erased_at := OLD.erased_at;
  NEW.customer_name := OLD.customer_name;
  NEW.dropoff := OLD.dropoff;
  NEW.dropoff_address := OLD.dropoff_address;
  NEW.dropoff_note := OLD.dropoff_note;
  NEW.rating_comment := OLD.rating_comment;
  NEW.pin := OLD.pin;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER a_erased_update BEFORE UPDATE ON orders
  FOR EACH ROW WHEN (OLD.erased_at IS NOT NULL) EXECUTE FUNCTION keep_order_erased();
