-- As in 0008, and besides: nobody votes for somebody else, nor on what they recorded themselves; votes and
-- the log stay; a seal is of a quarter that is over; a frozen quarter keeps its exceptions, texts and calendar.
CREATE OR REPLACE FUNCTION guard_vote() RETURNS trigger LANGUAGE plpgsql AS $$
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
  ELSIF current_setting('countersign.actor', true) IS DISTINCT FROM 'user:' || NEW.user_id THEN
    RAISE EXCEPTION 'nobody decides for somebody else: % decides in person', voter.name USING ERRCODE = 'CS301';
  ELSIF EXISTS (SELECT FROM exception_votes WHERE exception_id = NEW.exception_id AND user_id = NEW.user_id AND side <> NEW.side) THEN
    RAISE EXCEPTION 'one person, one side: % has decided for the other already', voter.name USING ERRCODE = 'CS301';
  ELSIF case_.raised_by = NEW.user_id
    OR EXISTS (SELECT FROM role_rows WHERE deal_id = case_.deal_id AND recorded_by = NEW.user_id AND case_.facts -> 'ids' ? id)
    OR EXISTS (SELECT FROM activities WHERE deal_id = case_.deal_id AND owner_id = NEW.user_id AND case_.facts -> 'ids' ? id) THEN
    RAISE EXCEPTION 'nobody decides on their own claim' USING ERRCODE = 'CS301';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION guard_settlement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  votes integer;
  rulings integer;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.settled_at IS NOT NULL THEN
      RAISE EXCEPTION 'an exception is open before it is settled' USING ERRCODE = 'CS301';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.deal_id, NEW.kind, NEW.origin, NEW.claim, NEW.facts, NEW.raised_by, NEW.amount, NEW.currency, NEW.opened_at)
    IS DISTINCT FROM (OLD.id, OLD.deal_id, OLD.kind, OLD.origin, OLD.claim, OLD.facts, OLD.raised_by, OLD.amount, OLD.currency, OLD.opened_at)
    OR (NEW.demo AND NOT OLD.demo) THEN
    RAISE EXCEPTION 'what an exception was opened with stays: add a note instead' USING ERRCODE = 'CS301';
  END IF;
  IF NEW.quarter <> OLD.quarter AND EXISTS (SELECT FROM sealed_quarters WHERE quarter = OLD.quarter) THEN
    RAISE EXCEPTION '% is frozen: its exceptions stay in its log', OLD.quarter USING ERRCODE = 'CS302';
  END IF;
  IF OLD.settled_at IS NOT NULL AND (NEW.settled_at, NEW.settled_on, NEW.settlement) IS DISTINCT FROM (OLD.settled_at, OLD.settled_on, OLD.settlement) THEN
    RAISE EXCEPTION 'a decision stands: raise another exception instead' USING ERRCODE = 'CS301';
  END IF;
  IF OLD.settled_at IS NULL AND NEW.settlement IN ('rule_upheld', 'ruling', 'learning') THEN
    SELECT count(*), count(DISTINCT (partner_id, model, outcome)) INTO votes, rulings
      FROM exception_votes WHERE exception_id = NEW.id AND decision::text = NEW.settlement;
    IF votes <> 2 OR rulings <> 1 THEN
      RAISE EXCEPTION 'a decision needs one person from finance and one from partnerships who agree' USING ERRCODE = 'CS301';
    END IF;
  ELSIF OLD.settled_at IS NULL AND NEW.settlement = 'facts' AND OLD.origin = 'raised'
    AND EXISTS (SELECT FROM deals WHERE id = OLD.deal_id) THEN
    RAISE EXCEPTION 'what somebody raised is settled by a decision' USING ERRCODE = 'CS301';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
DROP TRIGGER c_guard ON exceptions;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE INSERT OR UPDATE ON exceptions FOR EACH ROW EXECUTE FUNCTION guard_settlement();
--> statement-breakpoint
-- The log stays, unless it is part of the demo story.
CREATE FUNCTION refuse_exception_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT OLD.demo THEN
    RAISE EXCEPTION 'an exception stays in the log: DELETE is refused' USING ERRCODE = 'CS102';
  END IF;
  RETURN OLD;
END $$;
--> statement-breakpoint
CREATE TRIGGER b_append_only BEFORE DELETE ON exceptions FOR EACH ROW EXECUTE FUNCTION refuse_exception_deletion();
--> statement-breakpoint
CREATE FUNCTION refuse_vote_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM exceptions WHERE id = OLD.exception_id AND NOT demo) THEN
    RAISE EXCEPTION 'a vote may be changed by its side while the exception is open, and never taken back' USING ERRCODE = 'CS301';
  END IF;
  RETURN OLD;
END $$;
--> statement-breakpoint
CREATE TRIGGER b_append_only BEFORE DELETE ON exception_votes FOR EACH ROW EXECUTE FUNCTION refuse_vote_deletion();
--> statement-breakpoint
CREATE TRIGGER b_no_truncate BEFORE TRUNCATE ON exceptions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER b_no_truncate BEFORE TRUNCATE ON exception_votes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE OR REPLACE FUNCTION guard_seal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  sealer users%ROWTYPE;
  undecided integer;
BEGIN
  SELECT * INTO sealer FROM users WHERE id = NEW.sealed_by;
  IF sealer.role IS DISTINCT FROM 'finance' OR sealer.disabled_at IS NOT NULL THEN
    RAISE EXCEPTION 'finance freezes a quarter' USING ERRCODE = 'CS302';
  END IF;
  IF current_setting('countersign.actor', true) IS DISTINCT FROM 'user:' || NEW.sealed_by THEN
    RAISE EXCEPTION 'nobody freezes for somebody else: % freezes in person', sealer.name USING ERRCODE = 'CS302';
  END IF;
  IF NEW.to_day >= current_date THEN
    RAISE EXCEPTION '% is not over: it ends on %', NEW.quarter, NEW.to_day USING ERRCODE = 'CS302';
  END IF;
  SELECT count(*) INTO undecided FROM exceptions
    WHERE quarter = NEW.quarter AND settled_at IS NULL AND deferred_to IS NULL;
  IF undecided > 0 THEN
    RAISE EXCEPTION '% exception(s) of % are neither decided nor deferred with an owner and a day', undecided, NEW.quarter
      USING ERRCODE = 'CS302';
  END IF;
  NEW.sealed_by_name := sealer.name;
  NEW.sealed_at := now();
  RETURN NEW;
END $$;
--> statement-breakpoint
-- By the end of the transaction a seal holds as many deals as it says.
CREATE FUNCTION guard_seal_complete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(*) FROM sealed_deals WHERE quarter = NEW.quarter) <> NEW.deals THEN
    RAISE EXCEPTION 'the seal of % does not hold the deals it names', NEW.quarter USING ERRCODE = 'CS302';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER d_complete AFTER INSERT ON sealed_quarters
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_seal_complete();
--> statement-breakpoint
-- What the meeting wrote is in the seal: it stays as it was.
CREATE FUNCTION guard_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM sealed_quarters WHERE quarter = OLD.quarter) AND
    (NEW.quarter, NEW.ask, NEW.ask_by, NEW.minutes) IS DISTINCT FROM (OLD.quarter, OLD.ask, OLD.ask_by, OLD.minutes) THEN
    RAISE EXCEPTION '% is frozen: its ask and minutes stay as they were', OLD.quarter USING ERRCODE = 'CS302';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE UPDATE ON reviews FOR EACH ROW EXECUTE FUNCTION guard_review();
--> statement-breakpoint
-- Another fiscal year or reporting currency would give a frozen quarter's label other days or other money.
CREATE FUNCTION guard_calendar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.fiscal_first_month, NEW.reporting_currency) IS DISTINCT FROM (OLD.fiscal_first_month, OLD.reporting_currency)
    AND EXISTS (SELECT FROM sealed_quarters) THEN
    RAISE EXCEPTION 'a quarter is frozen: the fiscal year and the reporting currency stay as they are' USING ERRCODE = 'CS302';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE UPDATE ON settings FOR EACH ROW EXECUTE FUNCTION guard_calendar();
