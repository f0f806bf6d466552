-- Pictures of handovers are forgotten after a while: that there was one, and its hash, is kept.
ALTER TABLE delivery_proofs ADD COLUMN forgotten_at timestamptz;
--> statement-breakpoint
-- Those that still lie in the store, the oldest first.
CREATE INDEX delivery_proofs_stored ON delivery_proofs (stored_at) WHERE forgotten_at IS NULL;
