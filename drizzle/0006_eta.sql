-- Every ETA that was shown, with what it was made from: the errors are measured against it.
CREATE TABLE eta_estimates (
  id uuid PRIMARY KEY DEFAULT uuid_v7(),
  order_id uuid NOT NULL REFERENCES orders ON DELETE CASCADE,
  at timestamptz NOT NULL,
  stage text NOT NULL,
  -- The prediction before a window was laid around it.
  predicted_at timestamptz NOT NULL,
  arrives_from timestamptz NOT NULL,
  arrives_to timestamptz NOT NULL,
  facts jsonb NOT NULL
);
--> statement-breakpoint
CREATE INDEX eta_estimates_order ON eta_estimates (order_id, at);
--> statement-breakpoint
-- The latest of each stage, for calibration and report.
CREATE INDEX eta_estimates_stage ON eta_estimates (stage, at DESC);
--> statement-breakpoint
-- Where the windows of a stage begin and end, as shares of the prediction; learnt from history.
CREATE TABLE eta_calibrations (
  stage text PRIMARY KEY,
  low real NOT NULL CHECK (low > 0),
  high real NOT NULL CHECK (high >= low),
  samples integer NOT NULL,
  computed_at timestamptz NOT NULL
);
