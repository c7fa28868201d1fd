-- What the database refuses of exceptions, reviews and seals, whoever asks (domain.md §1 freeze, §8.6-7).
-- Codes: CS102 append-only, CS301 decision, CS302 seal.

-- A sealed quarter refuses change; the demo story's goes with the story.
CREATE FUNCTION refuse_unless_demo_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT FROM sealed_quarters WHERE quarter = OLD.quarter AND NOT demo) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is frozen: a reviewed quarter never changes; later differences are restatements beside it', OLD.quarter
    USING ERRCODE = 'CS302';
END $$;
--> statement-breakpoint
CREATE TRIGGER b_frozen BEFORE UPDATE OR DELETE ON sealed_quarters FOR EACH ROW EXECUTE FUNCTION refuse_unless_demo_seal();
--> statement-breakpoint
CREATE TRIGGER b_frozen BEFORE UPDATE OR DELETE ON sealed_deals FOR EACH ROW EXECUTE FUNCTION refuse_unless_demo_seal();
--> statement-breakpoint
ALTER TABLE sealed_quarters ENABLE ALWAYS TRIGGER b_frozen;
--> statement-breakpoint
ALTER TABLE sealed_deals ENABLE ALWAYS TRIGGER b_frozen;
--> statement-breakpoint
-- Deals are sealed in the transaction that seals their quarter, and never added to it after.
CREATE FUNCTION guard_sealed_deal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM sealed_quarters WHERE quarter = NEW.quarter AND xmin::text = (pg_current_xact_id()::text::numeric % 4294967296)::text
  ) THEN
    RAISE EXCEPTION '% is frozen: no deal is added to a seal', NEW.quarter USING ERRCODE = 'CS302';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE INSERT ON sealed_deals FOR EACH ROW EXECUTE FUNCTION guard_sealed_deal();
--> statement-breakpoint
CREATE FUNCTION guard_seal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  sealer users%ROWTYPE;
  undecided integer;
BEGIN
  SELECT * INTO sealer FROM users WHERE id = NEW.sealed_by;
  IF sealer.role IS DISTINCT FROM 'finance' OR sealer.disabled_at IS NOT NULL THEN
    RAISE EXCEPTION 'finance freezes a quarter' USING ERRCODE = 'CS302';
  END IF;
  IF NEW.to_day > current_date THEN
    RAISE EXCEPTION '% is not over: it ends on %', NEW.quarter, NEW.to_day USING ERRCODE = 'CS302';
  END IF;
  SELECT count(*) INTO undecided FROM exceptions
    WHERE quarter = NEW.quarter AND settled_at IS NULL AND deferred_to IS NULL;
  IF undecided > 0 THEN
    RAISE EXCEPTION '% exception(s) of % are neither decided nor deferred with an owner and a day', undecided, NEW.quarter
      USING ERRCODE = 'CS302';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE INSERT ON sealed_quarters FOR EACH ROW EXECUTE FUNCTION guard_seal();
--> statement-breakpoint
-- One vote for finance, one for partnerships, each by a person of that side; none after it is settled.
CREATE FUNCTION guard_vote() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  case_ exceptions%ROWTYPE;
  voter users%ROWTYPE;
BEGIN
  SELECT * INTO case_ FROM exceptions WHERE id = NEW.exception_id FOR UPDATE;
  SELECT * INTO voter FROM users WHERE id = NEW.user_id;
  IF case_.settled_at IS NOT NULL THEN
    RAISE EXCEPTION 'this exception is settled' USING ERRCODE = 'CS301';
  ELSIF voter.disabled_at IS NOT NULL OR (NEW.side, voter.role) NOT IN (('finance', 'finance'), ('partnerships', 'head_of_partnerships')) THEN
    RAISE EXCEPTION '% does not decide for %', voter.name, NEW.side USING ERRCODE = 'CS301';
  ELSIF case_.raised_by = NEW.user_id THEN
    RAISE EXCEPTION 'nobody decides on their own claim' USING ERRCODE = 'CS301';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE INSERT OR UPDATE ON exception_votes FOR EACH ROW EXECUTE FUNCTION guard_vote();
--> statement-breakpoint
-- A decision needs both sides in agreement; what is settled stays settled.
CREATE FUNCTION guard_settlement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  votes integer;
BEGIN
  IF OLD.settled_at IS NOT NULL AND (NEW.settled_at, NEW.settlement) IS DISTINCT FROM (OLD.settled_at, OLD.settlement) THEN
    RAISE EXCEPTION 'a decision stands: raise another exception instead' USING ERRCODE = 'CS301';
  END IF;
  IF OLD.settled_at IS NULL AND NEW.settlement IN ('rule_upheld', 'ruling', 'learning') THEN
    SELECT count(*) INTO votes FROM exception_votes WHERE exception_id = NEW.id AND decision::text = NEW.settlement;
    IF votes <> 2 THEN
      RAISE EXCEPTION 'a decision needs one person from finance and one from partnerships' USING ERRCODE = 'CS301';
    END IF;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE UPDATE ON exceptions FOR EACH ROW EXECUTE FUNCTION guard_settlement();
--> statement-breakpoint
CREATE FUNCTION refuse_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT FROM exceptions WHERE id = OLD.exception_id AND NOT demo) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'CS102';
END $$;
--> statement-breakpoint
CREATE TRIGGER b_append_only BEFORE UPDATE OR DELETE ON exception_notes FOR EACH ROW EXECUTE FUNCTION refuse_note_change();
--> statement-breakpoint
DO $$
DECLARE
  guarded regclass;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['exceptions', 'exception_notes', 'exception_votes', 'reviews', 'sealed_quarters', 'sealed_deals']::regclass[] LOOP
    EXECUTE format('CREATE TRIGGER a_context BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION refuse_without_context()', guarded);
  END LOOP;
  FOREACH guarded IN ARRAY ARRAY['exception_notes', 'sealed_quarters', 'sealed_deals']::regclass[] LOOP
    EXECUTE format('CREATE TRIGGER b_no_truncate BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER b_no_truncate', guarded);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT ON exceptions, exception_notes, exception_votes, reviews, sealed_quarters, sealed_deals TO countersign_app;
--> statement-breakpoint
GRANT INSERT, UPDATE, DELETE ON exceptions, exception_votes, reviews TO countersign_app;
--> statement-breakpoint
GRANT INSERT, DELETE ON exception_notes, sealed_quarters, sealed_deals TO countersign_app;
