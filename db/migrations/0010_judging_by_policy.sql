DROP TABLE "judging_moves" CASCADE;--> statement-breakpoint
DROP TABLE "judging_runs" CASCADE;
--> statement-breakpoint
CREATE TABLE "judging_moves" (
	"policy_id" text COLLATE "C" NOT NULL,
	"deal_id" text COLLATE "C" NOT NULL,
	"from_outcome" "outcome" NOT NULL,
	"to_outcome" "outcome" NOT NULL,
	CONSTRAINT "judging_moves_policy_id_deal_id_pk" PRIMARY KEY("policy_id","deal_id")
);
--> statement-breakpoint
CREATE TABLE "judging_runs" (
	"policy_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"cursor" text COLLATE "C",
	"judged" integer DEFAULT 0 NOT NULL,
	"total" integer NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "judging_runs_counts" CHECK ("judging_runs"."judged" >= 0 and "judging_runs"."total" >= 0)
);
--> statement-breakpoint
ALTER TABLE "judging_moves" ADD CONSTRAINT "judging_moves_policy_id_judging_runs_policy_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."judging_runs"("policy_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "judging_moves" ADD CONSTRAINT "judging_moves_deal_id_deals_id_fk" FOREIGN KEY ("deal_id") REFERENCES "public"."deals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "judging_runs" ADD CONSTRAINT "judging_runs_policy_id_policies_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."policies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "judging_moves_deal" ON "judging_moves" USING btree ("deal_id");
--> statement-breakpoint
-- The tables were made anew: what 0004 gave the old ones, they need too.
CREATE TRIGGER a_context BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON judging_runs FOR EACH STATEMENT EXECUTE FUNCTION refuse_without_context();
--> statement-breakpoint
CREATE TRIGGER a_context BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON judging_moves FOR EACH STATEMENT EXECUTE FUNCTION refuse_without_context();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON judging_runs, judging_moves TO countersign_app;
--> statement-breakpoint
-- Signers rely on a backtest that was kept: it stays as it was found.
REVOKE UPDATE ON backtests FROM countersign_app;
--> statement-breakpoint
-- As in 0004, and besides: what ended stays ended, demo is no way out, a period begins on the day that was
-- proposed or later, and is open until the next policy closes it.
CREATE OR REPLACE FUNCTION guard_policy() RETURNS trigger LANGUAGE plpgsql AS $$
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

  IF TG_OP = 'UPDATE' AND OLD.proposed_at IS NOT NULL THEN
    IF (NEW.id, NEW.document, NEW.canonical, NEW.hash, NEW.active_from, NEW.proposed_at, NEW.proposed_by, NEW.title)
      IS DISTINCT FROM
      (OLD.id, OLD.document, OLD.canonical, OLD.hash, OLD.active_from, OLD.proposed_at, OLD.proposed_by, OLD.title) THEN
      RAISE EXCEPTION 'the text is frozen since it was proposed: withdraw it and propose a new draft'
        USING ERRCODE = 'CS201';
    END IF;
    IF NEW.demo AND NOT OLD.demo THEN
      RAISE EXCEPTION 'a policy that was proposed stays on record' USING ERRCODE = 'CS201';
    END IF;
    IF OLD.withdrawn_at IS NOT NULL AND
      (NEW.withdrawn_at, NEW.withdrawn_by, NEW.withdrawn_reason) IS DISTINCT FROM
      (OLD.withdrawn_at, OLD.withdrawn_by, OLD.withdrawn_reason) THEN
      RAISE EXCEPTION 'this proposal was withdrawn: it stays so' USING ERRCODE = 'CS201';
    END IF;
  END IF;

  -- Proposing and coming into force are one at a time, so that two cannot each believe to be the first.
  IF NEW.proposed_at IS NOT NULL THEN
    PERFORM pg_advisory_xact_lock(hashtext('policies.period'));
  END IF;

  IF NEW.proposed_at IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.proposed_at IS NULL) THEN
    -- A day of grace: a person west of the server is still in yesterday.
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
    IF EXISTS (SELECT FROM policy_declines WHERE policy_id = NEW.id) THEN
      RAISE EXCEPTION 'this proposal has ended: it was withdrawn or declined' USING ERRCODE = 'CS202';
    END IF;
    IF lower(NEW.period) IS NULL OR lower(NEW.period) < greatest(NEW.active_from, current_date - 1) THEN
      RAISE EXCEPTION 'a policy is active from a day that is not in the past' USING ERRCODE = 'CS204';
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
    IF NOT upper_inf(NEW.period) THEN
      RAISE EXCEPTION 'a policy is in force until the next one begins' USING ERRCODE = 'CS204';
    END IF;
  ELSIF TG_OP = 'UPDATE' AND OLD.period IS NOT NULL AND NEW.period IS DISTINCT FROM OLD.period THEN
    -- Only its end may still be set, once, when the next one begins.
    IF NEW.period IS NULL OR isempty(NEW.period) OR lower(NEW.period) <> lower(OLD.period)
      OR upper(OLD.period) IS NOT NULL THEN
      RAISE EXCEPTION 'the time in which a policy was in force stays as it was' USING ERRCODE = 'CS204';
    END IF;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- The end of one is the beginning of the next, by the end of the transaction: no day without a policy.
CREATE FUNCTION guard_policy_succession() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT upper_inf(NEW.period) AND NOT EXISTS (SELECT FROM policies p WHERE lower(p.period) = upper(NEW.period)) THEN
    RAISE EXCEPTION 'a policy is in force until the next one begins' USING ERRCODE = 'CS204';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER d_succession AFTER INSERT OR UPDATE OF period ON policies
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.period IS NOT NULL) EXECUTE FUNCTION guard_policy_succession();
--> statement-breakpoint
-- As in 0004, and besides: the signer is who acts in this transaction, under their own name, now.
CREATE OR REPLACE FUNCTION guard_signature() RETURNS trigger LANGUAGE plpgsql AS $$
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
  ELSIF NEW.hash IS DISTINCT FROM policy.hash THEN
    RAISE EXCEPTION 'the text is not the one that was proposed: its hash differs' USING ERRCODE = 'CS202';
  ELSIF EXISTS (SELECT FROM signatures WHERE policy_id = NEW.policy_id AND user_id = NEW.user_id) THEN
    RAISE EXCEPTION '% has signed already: one person, one seat', signer.name USING ERRCODE = 'CS202';
  ELSIF EXISTS (SELECT FROM signatures WHERE policy_id = NEW.policy_id AND seat = NEW.seat) THEN
    RAISE EXCEPTION 'this seat has signed already' USING ERRCODE = 'CS202';
  ELSIF signer.role::text <> NEW.seat::text OR signer.disabled_at IS NOT NULL THEN
    RAISE EXCEPTION '% does not hold this seat', signer.name USING ERRCODE = 'CS202';
  ELSIF current_setting('countersign.actor', true) IS DISTINCT FROM 'user:' || NEW.user_id THEN
    RAISE EXCEPTION 'nobody signs for somebody else: % signs in person', signer.name USING ERRCODE = 'CS202';
  END IF;
  NEW.name := signer.name;
  NEW.signed_at := now();
  RETURN NEW;
END $$;
