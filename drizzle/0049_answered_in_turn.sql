-- What a request was answered before, asked when nobody else is at work under its key: the lock lasts as long as the
-- transaction, writes nothing, and the look behind it sees what was answered meanwhile, which one statement can't.
CREATE FUNCTION answered_in_turn(person uuid, asked uuid) RETURNS SETOF idempotency_keys
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(person || ' ' || asked, 0));
  RETURN QUERY SELECT * FROM idempotency_keys k WHERE k.user_id = person AND k.key = asked;
END $$;
