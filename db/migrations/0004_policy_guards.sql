-- What the database refuses of policies and signatures, whoever asks (domain.md §3, §8.8). Codes:
-- CS102 append-only, CS201 frozen text, CS202 signature, CS203 amendment clock, CS204 period.

ALTER TABLE policies ADD CONSTRAINT policies_no_overlap EXCLUDE USING gist (period WITH &&);
--> statement-breakpoint
-- The first day from which another amendment may be in force; null when any day may.
-- The first policy ever is an agreement, not an amendment.
CREATE FUNCTION next_amendment_from() RETURNS date LANGUAGE sql STABLE AS $$
  SELECT (lower(p.period) + interval '12 months')::date
  FROM policies p
  WHERE p.period IS NOT NULL
    AND EXISTS (SELECT FROM policies q WHERE q.period IS NOT NULL AND lower(q.period) < lower(p.period))
  ORDER BY lower(p.period) DESC
  LIMIT 1
$$;
--> statement-breakpoint
CREATE FUNCTION guard_policy() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  possible date;
  signed integer;
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.proposed_at IS NOT NULL AND NOT OLD.demo THEN
      RAISE EXCEPTION 'a policy that was proposed stays on record' USING ERRCODE = 'CS201';
    END IF;
    RETURN OLD;
  END IF;

  IF TG_OP = 'UPDATE' AND OLD.proposed_at IS NOT NULL AND (
    (NEW.document, NEW.canonical, NEW.hash, NEW.active_from, NEW.proposed_at, NEW.proposed_by, NEW.title)
    IS DISTINCT FROM
    (OLD.document, OLD.canonical, OLD.hash, OLD.active_from, OLD.proposed_at, OLD.proposed_by, OLD.title)
  ) THEN
    RAISE EXCEPTION 'the text is frozen since it was proposed: withdraw it and propose a new draft'
      USING ERRCODE = 'CS201';
  END IF;

  -- Proposing and coming into force are one at a time, so that two cannot each believe to be the first.
  IF NEW.proposed_at IS NOT NULL THEN
    PERFORM pg_advisory_xact_lock(hashtext('policies.period'));
  END IF;

  IF NEW.proposed_at IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.proposed_at IS NULL) THEN
    IF NEW.active_from < current_date - 1 THEN
      RAISE EXCEPTION 'a policy is active from a day that is not in the past' USING ERRCODE = 'CS204';
    END IF;
    possible := next_amendment_from();
    IF possible IS NOT NULL AND NEW.active_from < possible THEN
      RAISE EXCEPTION 'at most one amendment in twelve months: the next may be active from %', possible
        USING ERRCODE = 'CS203';
    END IF;
  END IF;

  IF NEW.period IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.period IS NULL) THEN
    SELECT count(*) INTO signed FROM signatures WHERE policy_id = NEW.id AND hash = NEW.hash;
    IF signed <> 3 THEN
      RAISE EXCEPTION 'a policy comes into force with three signatures; this one has %', signed
        USING ERRCODE = 'CS202';
    END IF;
    possible := next_amendment_from();
    IF possible IS NOT NULL AND lower(NEW.period) < possible THEN
      RAISE EXCEPTION 'at most one amendment in twelve months: the next may be active from %', possible
        USING ERRCODE = 'CS203';
    END IF;
    IF EXISTS (SELECT FROM policies p WHERE p.id <> NEW.id AND p.period && NEW.period) THEN
      RAISE EXCEPTION 'another policy is in force in that time: two never judge the same day'
        USING ERRCODE = 'CS204';
    END IF;
  ELSIF TG_OP = 'UPDATE' AND OLD.period IS NOT NULL AND NEW.period IS DISTINCT FROM OLD.period THEN
    -- Only its end may still be set, once, when the next one begins.
    IF NEW.period IS NULL OR lower(NEW.period) <> lower(OLD.period) OR upper(OLD.period) IS NOT NULL THEN
      RAISE EXCEPTION 'the time in which a policy was in force stays as it was' USING ERRCODE = 'CS204';
    END IF;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE INSERT OR UPDATE OR DELETE ON policies FOR EACH ROW EXECUTE FUNCTION guard_policy();
--> statement-breakpoint
CREATE FUNCTION guard_signature() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  policy policies%ROWTYPE;
  signer users%ROWTYPE;
BEGIN
  SELECT * INTO policy FROM policies WHERE id = NEW.policy_id FOR UPDATE;
  SELECT * INTO signer FROM users WHERE id = NEW.user_id;
  IF policy.proposed_at IS NULL THEN
    RAISE EXCEPTION 'a draft is not signed: it is proposed first, which freezes its text' USING ERRCODE = 'CS202';
  ELSIF policy.withdrawn_at IS NOT NULL OR EXISTS (SELECT FROM policy_declines WHERE policy_id = policy.id) THEN
    RAISE EXCEPTION 'this proposal has ended: it was withdrawn or declined' USING ERRCODE = 'CS202';
  ELSIF policy.period IS NOT NULL OR (SELECT count(*) FROM signatures WHERE policy_id = policy.id) >= 3 THEN
    RAISE EXCEPTION 'all three seats have signed: there is no fourth signature' USING ERRCODE = 'CS202';
  ELSIF TG_TABLE_NAME = 'signatures' AND NEW.hash IS DISTINCT FROM policy.hash THEN
    RAISE EXCEPTION 'the text is not the one that was proposed: its hash differs' USING ERRCODE = 'CS202';
  ELSIF EXISTS (SELECT FROM signatures WHERE policy_id = NEW.policy_id AND user_id = NEW.user_id) THEN
    RAISE EXCEPTION '% has signed already: one person, one seat', signer.name USING ERRCODE = 'CS202';
  ELSIF EXISTS (SELECT FROM signatures WHERE policy_id = NEW.policy_id AND seat = NEW.seat) THEN
    RAISE EXCEPTION 'this seat has signed already' USING ERRCODE = 'CS202';
  ELSIF signer.role::text <> NEW.seat::text OR signer.disabled_at IS NOT NULL THEN
    RAISE EXCEPTION '% does not hold this seat', signer.name USING ERRCODE = 'CS202';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE INSERT ON signatures FOR EACH ROW EXECUTE FUNCTION guard_signature();
--> statement-breakpoint
CREATE FUNCTION guard_decline() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  policy policies%ROWTYPE;
  signer users%ROWTYPE;
BEGIN
  SELECT * INTO policy FROM policies WHERE id = NEW.policy_id FOR UPDATE;
  SELECT * INTO signer FROM users WHERE id = NEW.user_id;
  IF policy.proposed_at IS NULL OR policy.withdrawn_at IS NOT NULL OR policy.period IS NOT NULL THEN
    RAISE EXCEPTION 'only what is proposed and not yet in force can be declined' USING ERRCODE = 'CS202';
  ELSIF signer.role::text <> NEW.seat::text OR signer.disabled_at IS NOT NULL THEN
    RAISE EXCEPTION '% does not hold this seat', signer.name USING ERRCODE = 'CS202';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE INSERT ON policy_declines FOR EACH ROW EXECUTE FUNCTION guard_decline();
--> statement-breakpoint
-- Signatures and refusals stay, unless they are part of the demo story.
CREATE FUNCTION refuse_unless_demo_policy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT FROM policies WHERE id = OLD.policy_id AND NOT demo) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'CS102';
END $$;
--> statement-breakpoint
CREATE TRIGGER b_append_only BEFORE UPDATE OR DELETE ON signatures FOR EACH ROW EXECUTE FUNCTION refuse_unless_demo_policy();
--> statement-breakpoint
CREATE TRIGGER b_append_only BEFORE UPDATE OR DELETE ON policy_declines FOR EACH ROW EXECUTE FUNCTION refuse_unless_demo_policy();
--> statement-breakpoint
CREATE TRIGGER b_no_truncate BEFORE TRUNCATE ON signatures FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER b_no_truncate BEFORE TRUNCATE ON policy_declines FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER b_no_truncate BEFORE TRUNCATE ON policies FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
DO $$
DECLARE
  guarded regclass;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['policies', 'signatures', 'policy_declines', 'learnings', 'backtests', 'judging_runs', 'judging_moves']::regclass[] LOOP
    EXECUTE format('CREATE TRIGGER a_context BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION refuse_without_context()', guarded);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT ON policies, signatures, policy_declines, learnings, backtests, judging_runs, judging_moves TO countersign_app;
--> statement-breakpoint
GRANT INSERT, UPDATE, DELETE ON policies, backtests, judging_runs, judging_moves, learnings TO countersign_app;
--> statement-breakpoint
GRANT INSERT, DELETE ON signatures, policy_declines TO countersign_app;
