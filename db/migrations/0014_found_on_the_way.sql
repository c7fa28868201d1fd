-- As in 0012, and besides: what judging found on the way, in facts of which an import had landed only some,
-- leaves the log again when the rest put it right, as long as nobody touched it and for a day.
CREATE OR REPLACE FUNCTION refuse_exception_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT OLD.demo AND NOT (
    OLD.origin = 'found' AND OLD.version = 1 AND OLD.settled_at IS NULL AND OLD.opened_at > now() - interval '1 day'
    AND NOT EXISTS (SELECT FROM exception_votes WHERE exception_id = OLD.id)
    AND NOT EXISTS (SELECT FROM exception_notes WHERE exception_id = OLD.id AND kind <> 'opened')
    AND NOT EXISTS (SELECT FROM sealed_quarters WHERE quarter = OLD.quarter)
    AND NOT EXISTS (SELECT FROM deal_outcomes WHERE deal_id = OLD.deal_id AND OLD.kind::text = ANY (gray::text[]))
  ) THEN
    RAISE EXCEPTION 'an exception stays in the log: DELETE is refused' USING ERRCODE = 'CS102';
  END IF;
  RETURN OLD;
END $$;
