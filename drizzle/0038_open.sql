-- Which zone's events a webhook gets. Null: of every zone.
ALTER TABLE relay_destinations ADD COLUMN zone_id uuid REFERENCES zones ON DELETE CASCADE;
--> statement-breakpoint
-- As before, with the zone.
CREATE OR REPLACE FUNCTION webhook_terms(d relay_destinations) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object('name', d.name, 'url', d.url, 'eventTypes', d.event_types,
    'restaurantId', d.restaurant_id, 'zoneId', d.zone_id, 'disabledAt', d.disabled_at)
$$;
--> statement-breakpoint
-- Pictures where there is no disk (hosted mode): bytes by the id of a photo or of a proof.
CREATE TABLE pictures (
  id uuid PRIMARY KEY,
  bytes bytea NOT NULL CHECK (octet_length(bytes) BETWEEN 1 AND 5242880),
  stored_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
-- They are compressed already: trying it again costs time and gains nothing.
ALTER TABLE pictures ALTER COLUMN bytes SET STORAGE EXTERNAL;
--> statement-breakpoint
-- How much may still be asked, by who asks; of every node. After a crash all are full again.
CREATE UNLOGGED TABLE rate_buckets (
  key text PRIMARY KEY CHECK (length(key) <= 400),
  tokens double precision NOT NULL,
  -- Milliseconds since 1970.
  at double precision NOT NULL
) WITH (fillfactor = 50);
--> statement-breakpoint
-- Requests under way, by who asks and their idempotency key; of every node. Nothing depends on it but an answer.
CREATE UNLOGGED TABLE requests_under_way (
  key text PRIMARY KEY CHECK (length(key) <= 400),
  holder uuid NOT NULL,
  until timestamptz NOT NULL
) WITH (fillfactor = 50);
