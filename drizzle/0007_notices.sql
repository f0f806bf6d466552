-- In which language a person is written to.
ALTER TABLE users ADD COLUMN locale text NOT NULL DEFAULT 'en' CHECK (locale ~ '^[a-z]{2}$');
--> statement-breakpoint
-- The keys that sign what goes to push services; made on first start, the same on every node.
ALTER TABLE installation ADD COLUMN vapid_key jsonb;
--> statement-breakpoint
-- How far each reader of the log has come. Below the watermark only: nothing is ever missed.
CREATE TABLE relay_cursors (
  name text PRIMARY KEY,
  xid xid8 NOT NULL,
  position bigint NOT NULL
);
--> statement-breakpoint
-- What a person has switched; what is not here is as the code says.
CREATE TABLE notice_settings (
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  kind text NOT NULL,
  channel text NOT NULL CHECK (channel IN ('page', 'push', 'email')),
  enabled boolean NOT NULL,
  PRIMARY KEY (user_id, kind, channel)
);
--> statement-breakpoint
CREATE TABLE push_subscriptions (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  endpoint text NOT NULL UNIQUE CHECK (length(endpoint) <= 1000),
  p256dh text NOT NULL,
  auth text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE INDEX push_subscriptions_user ON push_subscriptions (user_id);
--> statement-breakpoint
-- What is owed to somebody outside the page: kept until it is sent, or dead after too many tries.
CREATE TABLE notices (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  event_id text NOT NULL,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  order_id uuid NOT NULL REFERENCES orders ON DELETE CASCADE,
  channel text NOT NULL CHECK (channel IN ('push', 'email')),
  kind text NOT NULL,
  content jsonb NOT NULL,
  status text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'sent', 'dead')),
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL DEFAULT now(),
  last_error text,
  created_at timestamptz NOT NULL DEFAULT now(),
  sent_at timestamptz,
  -- An event that is read twice is told once.
  UNIQUE (event_id, user_id, channel)
);
--> statement-breakpoint
CREATE INDEX notices_due ON notices (next_attempt_at) WHERE status = 'waiting';
--> statement-breakpoint
CREATE INDEX notices_order ON notices (order_id);
