-- Who may come in, where the platform works and by which terms; and who changed what of it.
CREATE TABLE changes (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  area text NOT NULL CHECK (area IN ('person', 'invitation', 'zone', 'promo', 'settings')),
  -- Whom or what it is about; settings have no id.
  subject_id uuid,
  type text NOT NULL,
  -- What is new; of people their role at the most.
  data jsonb NOT NULL DEFAULT '{}',
  actor text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
--> statement-breakpoint
-- The latest changes, of everything and of one subject.
CREATE INDEX changes_at ON changes (id DESC);
--> statement-breakpoint
CREATE INDEX changes_subject ON changes (subject_id, id DESC);
--> statement-breakpoint
CREATE FUNCTION record_change(area text, subject uuid, type text, data jsonb) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO changes (area, subject_id, type, data, actor)
  VALUES (area, subject, type, data,
    coalesce(nullif(current_setting('app.actor', true), ''), 'database:' || session_user))
$$;
--> statement-breakpoint
ALTER TABLE users
  ADD COLUMN block_reason text CHECK (length(block_reason) BETWEEN 1 AND 300),
  -- Counts blocks and changes of role: two admins can't overwrite each other.
  ADD COLUMN version integer NOT NULL DEFAULT 1;
--> statement-breakpoint
-- Who is asked for by role; the latest come first.
CREATE INDEX users_role ON users (role, id DESC);
--> statement-breakpoint
CREATE INDEX users_search ON users USING gin ((lower(name) || ' ' || email) gin_trgm_ops);
--> statement-breakpoint
ALTER TABLE sessions
  ADD COLUMN seen_at timestamptz,
  ADD COLUMN user_agent text CHECK (length(user_agent) <= 300),
  -- Without its last part: a neighbourhood of the network, not a person.
  ADD COLUMN address text CHECK (length(address) <= 45);
--> statement-breakpoint
-- A blocked person has no session left, by whatever hand they were blocked.
CREATE FUNCTION version_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := OLD.version + 1;
  IF NEW.blocked_at IS NULL THEN NEW.block_reason := NULL; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER b_version BEFORE UPDATE OF role, blocked_at ON users
  FOR EACH ROW WHEN ((OLD.role, OLD.blocked_at) IS DISTINCT FROM (NEW.role, NEW.blocked_at))
  EXECUTE FUNCTION version_person();
--> statement-breakpoint
CREATE FUNCTION log_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.role <> NEW.role OR (NEW.blocked_at IS NOT NULL AND OLD.blocked_at IS NULL) THEN
    UPDATE sessions SET revoked_at = now() WHERE user_id = NEW.id AND revoked_at IS NULL;
  END IF;
  IF OLD.role <> NEW.role THEN
    PERFORM record_change('person', NEW.id, 'person.role_changed',
      jsonb_build_object('from', OLD.role, 'to', NEW.role));
  END IF;
  IF (OLD.blocked_at IS NULL) <> (NEW.blocked_at IS NULL) THEN
    PERFORM record_change('person', NEW.id,
      CASE WHEN NEW.blocked_at IS NULL THEN 'person.unblocked' ELSE 'person.blocked' END, '{}');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER z_log AFTER UPDATE OF role, blocked_at ON users
  FOR EACH ROW EXECUTE FUNCTION log_person();
--> statement-breakpoint
-- Nobody who is blocked goes on duty or gets a delivery, however late their request arrives.
CREATE FUNCTION refuse_blocked_driver() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  driver uuid := CASE TG_TABLE_NAME WHEN 'drivers'
    THEN (to_jsonb(NEW) ->> 'user_id')::uuid ELSE (to_jsonb(NEW) ->> 'driver_id')::uuid END;
BEGIN
  IF EXISTS (SELECT FROM users WHERE id = driver AND (blocked_at IS NOT NULL OR role <> 'driver')) THEN
    RAISE EXCEPTION 'driver % may not work', driver USING ERRCODE = 'HF003';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_blocked BEFORE UPDATE OF online ON drivers
  FOR EACH ROW WHEN (NEW.online AND NOT OLD.online) EXECUTE FUNCTION refuse_blocked_driver();
--> statement-breakpoint
-- After `b_stamp`, which waits for the driver's lock.
CREATE TRIGGER d_blocked BEFORE UPDATE OF status ON deliveries
  FOR EACH ROW WHEN (NEW.status = 'assigned' AND OLD.status <> 'assigned')
  EXECUTE FUNCTION refuse_blocked_driver();
--> statement-breakpoint
-- The watch over what drivers carry knows one more trouble: the driver may not work any more.
ALTER TABLE deliveries
  DROP CONSTRAINT deliveries_stall_kind_check,
  ADD CONSTRAINT deliveries_stall_kind_check
    CHECK (stall_kind IN ('stalled', 'going_away', 'dark', 'blocked'));
--> statement-breakpoint
-- An invitation to open an account in a role. The token is in the mail alone, here is its SHA-256.
CREATE TABLE invitations (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  email text NOT NULL CHECK (email = lower(email)),
  role text NOT NULL,
  -- Where a driver begins.
  zone_id uuid REFERENCES zones,
  locale text NOT NULL DEFAULT 'en' CHECK (locale ~ '^[a-z]{2}$'),
  invited_by uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  token_hash text UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  -- When the mail goes out, or is tried again; null: it has gone, or was given up.
  mail_due_at timestamptz,
  mail_attempts integer NOT NULL DEFAULT 0,
  mail_error text,
  mailed_at timestamptz,
  withdrawn_at timestamptz,
  accepted_at timestamptz,
  user_id uuid REFERENCES users ON DELETE SET NULL
);
--> statement-breakpoint
-- One open invitation for an address.
CREATE UNIQUE INDEX invitations_open ON invitations (email)
  WHERE accepted_at IS NULL AND withdrawn_at IS NULL;
--> statement-breakpoint
CREATE INDEX invitations_mail ON invitations (mail_due_at) WHERE mail_due_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX invitations_inviter ON invitations (invited_by);
--> statement-breakpoint
CREATE FUNCTION log_invitation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  type text := CASE
    WHEN TG_OP = 'INSERT' THEN 'invitation.made'
    WHEN OLD.accepted_at IS NULL AND NEW.accepted_at IS NOT NULL THEN 'invitation.accepted'
    WHEN OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL THEN 'invitation.withdrawn'
    WHEN OLD.expires_at <> NEW.expires_at THEN 'invitation.renewed' END;
BEGIN
  IF type IS NOT NULL THEN
    PERFORM record_change('invitation', NEW.id, type, jsonb_build_object('role', NEW.role));
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER z_log AFTER INSERT OR UPDATE ON invitations
  FOR EACH ROW EXECUTE FUNCTION log_invitation();
--> statement-breakpoint
-- Who is shut out, or is an admin no more, leaves no open door behind.
CREATE FUNCTION withdraw_invitations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE invitations SET withdrawn_at = now(), token_hash = NULL, mail_due_at = NULL
    WHERE invited_by = NEW.id AND accepted_at IS NULL AND withdrawn_at IS NULL;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER y_invitations AFTER UPDATE OF role, blocked_at ON users
  FOR EACH ROW WHEN (NEW.blocked_at IS NOT NULL OR NEW.role <> 'admin')
  EXECUTE FUNCTION withdraw_invitations();
--> statement-breakpoint
ALTER TABLE zones
  -- When doors in the zone are served, on its own wall clock; null: always.
  ADD COLUMN hours jsonb,
  ADD COLUMN retired_at timestamptz,
  ADD COLUMN version integer NOT NULL DEFAULT 1,
  ADD CHECK (length(name) BETWEEN 1 AND 80);
--> statement-breakpoint
CREATE FUNCTION zone_terms(z zones) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('name', z.name, 'hours', z.hours, 'surcharge', z.delivery_surcharge,
    'taxIncluded', z.tax_included, 'retiredAt', z.retired_at, 'ring',
    ST_AsGeoJSON(z.area::geometry)::jsonb -> 'coordinates' -> 0)
$$;
--> statement-breakpoint
CREATE FUNCTION version_zone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := OLD.version + 1;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_version BEFORE UPDATE ON zones
  FOR EACH ROW WHEN (zone_terms(OLD) IS DISTINCT FROM zone_terms(NEW))
  EXECUTE FUNCTION version_zone();
--> statement-breakpoint
CREATE FUNCTION log_zone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM record_change('zone', NEW.id, CASE
      WHEN TG_OP = 'INSERT' THEN 'zone.drawn'
      WHEN OLD.retired_at IS NULL AND NEW.retired_at IS NOT NULL THEN 'zone.retired'
      ELSE 'zone.changed' END,
    zone_terms(NEW) || jsonb_build_object('version', NEW.version));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER z_log AFTER INSERT ON zones FOR EACH ROW EXECUTE FUNCTION log_zone();
--> statement-breakpoint
CREATE TRIGGER z_log_update AFTER UPDATE ON zones
  FOR EACH ROW WHEN (OLD.version <> NEW.version) EXECUTE FUNCTION log_zone();
--> statement-breakpoint
-- Nothing new begins in a zone that is retired; the lock waits for who is retiring it just now.
CREATE FUNCTION refuse_retired_zone() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  retired timestamptz;
BEGIN
  SELECT retired_at INTO retired FROM zones WHERE id = NEW.zone_id FOR KEY SHARE;
  IF retired IS NOT NULL THEN
    RAISE EXCEPTION 'zone % is retired', NEW.zone_id USING ERRCODE = 'HF004';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER a_zone BEFORE INSERT OR UPDATE OF zone_id ON restaurants
  FOR EACH ROW EXECUTE FUNCTION refuse_retired_zone();
--> statement-breakpoint
CREATE TRIGGER a_zone BEFORE INSERT OR UPDATE OF zone_id ON drivers
  FOR EACH ROW EXECUTE FUNCTION refuse_retired_zone();
--> statement-breakpoint
CREATE TRIGGER a_zone BEFORE INSERT ON deliveries
  FOR EACH ROW EXECUTE FUNCTION refuse_retired_zone();
--> statement-breakpoint
ALTER TABLE promo_codes ADD COLUMN version integer NOT NULL DEFAULT 1;
--> statement-breakpoint
CREATE FUNCTION promo_terms(p promo_codes) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT to_jsonb(p) - 'used' - 'created_at' - 'version' - 'id'
$$;
--> statement-breakpoint
CREATE FUNCTION version_promo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := OLD.version + 1;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- Uses are counted without a version: an admin's form is not overtaken by each order.
CREATE TRIGGER b_version BEFORE UPDATE ON promo_codes
  FOR EACH ROW WHEN (promo_terms(OLD) IS DISTINCT FROM promo_terms(NEW))
  EXECUTE FUNCTION version_promo();
--> statement-breakpoint
CREATE FUNCTION log_promo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM record_change('promo', NEW.id, CASE
      WHEN TG_OP = 'INSERT' THEN 'promo.made'
      WHEN OLD.disabled_at IS NULL AND NEW.disabled_at IS NOT NULL THEN 'promo.stopped'
      WHEN OLD.disabled_at IS NOT NULL AND NEW.disabled_at IS NULL THEN 'promo.resumed'
      ELSE 'promo.changed' END,
    promo_terms(NEW) || jsonb_build_object('version', NEW.version));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER z_log AFTER INSERT ON promo_codes FOR EACH ROW EXECUTE FUNCTION log_promo();
--> statement-breakpoint
CREATE TRIGGER z_log_update AFTER UPDATE ON promo_codes
  FOR EACH ROW WHEN (OLD.version <> NEW.version) EXECUTE FUNCTION log_promo();
--> statement-breakpoint
-- What holds for the whole platform, a document for each section; what it lacks is as the code says.
CREATE TABLE settings (
  section text PRIMARY KEY CHECK (section IN ('terms', 'notices', 'retention')),
  document jsonb NOT NULL DEFAULT '{}',
  version integer NOT NULL DEFAULT 1
);
--> statement-breakpoint
INSERT INTO settings (section) VALUES ('terms'), ('notices'), ('retention');
--> statement-breakpoint
CREATE FUNCTION version_settings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := OLD.version + 1;
  PERFORM record_change('settings', NULL, 'settings.' || NEW.section || '_changed',
    NEW.document || jsonb_build_object('version', NEW.version));
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER b_version BEFORE UPDATE OF document ON settings
  FOR EACH ROW WHEN (OLD.document IS DISTINCT FROM NEW.document)
  EXECUTE FUNCTION version_settings();
--> statement-breakpoint
-- The tax of restaurants that are added without one of their own, basis points.
CREATE FUNCTION default_tax_bp() RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT (document ->> 'taxBp')::integer FROM settings WHERE section = 'terms'), 0)
$$;
--> statement-breakpoint
ALTER TABLE restaurants ALTER COLUMN tax_bp SET DEFAULT default_tax_bp();
--> statement-breakpoint
-- Forgets what was said about orders that are over: the messages, their lines in the log, their notices.
CREATE FUNCTION forget_messages(before timestamptz) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  forgotten integer;
BEGIN
  WITH old AS (
    DELETE FROM order_messages m USING orders o
    WHERE o.id = m.order_id AND o.closed_at IS NOT NULL AND m.sent_at < before
    RETURNING m.order_id
  ), said AS (
    UPDATE events e SET data = jsonb_set(e.data, '{message,body}', '""')
    WHERE e.stream_id IN (SELECT order_id FROM old) AND e.type = 'message.sent' AND e.at < before
  ), told AS (
    UPDATE notices n SET content = jsonb_set(n.content, '{body}', '""')
    WHERE n.order_id IN (SELECT order_id FROM old) AND n.kind = 'message' AND n.created_at < before
  )
  SELECT count(*)::integer INTO forgotten FROM old;
  RETURN forgotten;
END $$;
--> statement-breakpoint
-- Drops the lines of streams that have been quiet for so long; those of open orders stay.
CREATE FUNCTION forget_events(before timestamptz, most integer) RETURNS integer LANGUAGE sql AS $$
  WITH old AS (
    SELECT e.position FROM events e
    WHERE e.at < before
      AND NOT EXISTS (SELECT FROM orders o WHERE o.id = e.stream_id AND o.closed_at IS NULL)
      AND NOT EXISTS (SELECT FROM events later WHERE later.stream_id = e.stream_id
        AND e.stream = 'order' AND later.at >= before)
    ORDER BY e.position LIMIT most
  ), gone AS (
    DELETE FROM events e USING old WHERE e.position = old.position RETURNING 1
  )
  SELECT count(*)::integer FROM gone
$$;
