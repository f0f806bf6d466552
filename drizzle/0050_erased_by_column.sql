-- As before, without the whole row as JSON for the sake of one column.
CREATE OR REPLACE FUNCTION refuse_erased() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  person uuid;
  erased timestamptz;
BEGIN
  IF TG_ARGV[0] = 'customer_id' THEN person := NEW.customer_id;
  ELSIF TG_ARGV[0] = 'sender_id' THEN person := NEW.sender_id;
  ELSE person := NEW.user_id;
  END IF;
  SELECT erased_at INTO erased FROM users WHERE id = person FOR KEY SHARE;
  IF erased IS NOT NULL THEN
    RAISE EXCEPTION 'person % is erased', person USING ERRCODE = 'HF005';
  END IF;
  RETURN NEW;
END $$;
