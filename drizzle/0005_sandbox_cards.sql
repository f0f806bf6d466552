-- The built-in test provider's own books, as a bank would keep them: nothing of ours refers to them,
-- and they hold no card numbers.
CREATE TABLE sandbox_cards (
  token text PRIMARY KEY,
  last4 text NOT NULL CHECK (last4 ~ '^[0-9]{4}$'),
  -- What this test card does.
  behaviour text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
-- One per payment of the merchant, under the merchant's id: asked twice, it is the same charge.
CREATE TABLE sandbox_charges (
  payment_id uuid PRIMARY KEY,
  ref text NOT NULL UNIQUE,
  status text NOT NULL CHECK (status IN
    ('pending', 'authorised', 'declined', 'released', 'captured', 'refunded')),
  last4 text NOT NULL DEFAULT '',
  behaviour text NOT NULL DEFAULT '',
  decline_reason text,
  currency char(3) NOT NULL,
  amount integer NOT NULL CHECK (amount >= 0),
  captured integer NOT NULL DEFAULT 0 CHECK (captured BETWEEN 0 AND amount),
  refunded integer NOT NULL DEFAULT 0 CHECK (refunded BETWEEN 0 AND captured),
  -- How often a capture has been tried: some test cards fail the first times.
  capture_attempts integer NOT NULL DEFAULT 0,
  -- When a bank that takes its time has made up its mind.
  decides_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE INDEX sandbox_charges_deciding ON sandbox_charges (decides_at) WHERE status = 'pending';
--> statement-breakpoint
-- What reconciliation asks for.
CREATE INDEX sandbox_charges_updated ON sandbox_charges (updated_at);
--> statement-breakpoint
-- Webhooks until they have been taken.
CREATE TABLE sandbox_webhooks (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  body text NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL DEFAULT now(),
  delivered_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE INDEX sandbox_webhooks_due ON sandbox_webhooks (next_attempt_at) WHERE delivered_at IS NULL;
