-- What the database refuses whoever asks, its owner included (domain.md §1, §3, §8, §9, §10), a section a noun.
-- Codes: CS101 a write without context, CS102 append-only, CS103 a partner above itself, CS104 a forged audit
-- entry, CS105 a closed deal, CS106 who recorded, CS107 a file; CS201 frozen text, CS202 signature, CS203 amendment clock, CS204 period; CS301 decision, CS302 seal;
-- CS401 the last admin, CS402 links, keys and sessions, CS403 real stays real.

-- ──── The application's role ────────────────────────────────────────────────────────────────────
-- It owns nothing and never signs in; transactions take it on. Roles belong to the whole server, so databases
-- migrated at the same moment race for this one.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'countersign_app') THEN
    BEGIN
      CREATE ROLE countersign_app NOLOGIN;
    EXCEPTION
      WHEN duplicate_object OR unique_violation THEN NULL;
      WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'this login may not create roles'
          USING HINT = format('as an administrator run: create role countersign_app nologin; grant countersign_app to %I', current_user);
    END;
  END IF;
  IF NOT pg_has_role(current_user, 'countersign_app', 'MEMBER') THEN
    EXECUTE format('GRANT countersign_app TO %I', current_user);
  END IF;
END $$;
--> statement-breakpoint
-- ──── Search ────────────────────────────────────────────────────────────────────────────────────
-- Words are found by their letters where the server has the extension; without it, search reads every deal.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
EXCEPTION
  WHEN undefined_file OR insufficient_privilege OR feature_not_supported THEN
    RAISE NOTICE 'pg_trgm is not to be had here: search works, more slowly';
END $$;
--> statement-breakpoint
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') THEN
    CREATE INDEX judged_deals_words ON judged_deals
      USING gin ((' ' || coalesce(account, '') || ' ' || deal_id || ' ' || owner) gin_trgm_ops);
  END IF;
END $$;
--> statement-breakpoint
-- ──── Days ──────────────────────────────────────────────────────────────────────────────────────
-- The day in Greenwich, whatever the server's own zone. No company's day is further than one from it.
CREATE FUNCTION utc_day() RETURNS date LANGUAGE sql STABLE AS $$ SELECT (now() AT TIME ZONE 'UTC')::date $$;
--> statement-breakpoint
-- ──── Every write ───────────────────────────────────────────────────────────────────────────────
-- A write names who makes it and for which request.
CREATE FUNCTION refuse_without_context() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('countersign.actor', true), '') = ''
    OR coalesce(current_setting('countersign.request', true), '') = '' THEN
    RAISE EXCEPTION '% of % needs an actor and a request', TG_OP, TG_TABLE_NAME
      USING ERRCODE = 'CS101', HINT = 'write through db/connection/transaction.ts';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'CS102';
END $$;
--> statement-breakpoint
DO $$
DECLARE
  guarded regclass;
BEGIN
  FOR guarded IN SELECT oid::regclass FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LOOP
    EXECUTE format('CREATE TRIGGER a_context BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION refuse_without_context()', guarded);
  END LOOP;
  -- Rows of these stay; what may still be deleted of them is said in their section.
  FOREACH guarded IN ARRAY ARRAY['audit_log', 'audit_personal', 'erasures', 'holds', 'audit_tree', 'audit_heads', 'audit_keys', 'audit_checks', 'rulings', 'policies', 'signatures', 'policy_declines',
    'compensation_plans', 'compensation_signatures', 'compensation_payments',
    'registration_decisions', 'notes', 'evidence_files', 'evidence_proposals', 'corrections', 'exceptions', 'exception_notes', 'exception_votes', 'deputies', 'sealed_quarters', 'sealed_deals', 'restatements', 'audit_samples', 'sampled_deals']::regclass[] LOOP
    EXECUTE format('CREATE TRIGGER b_no_truncate BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    -- Not even a session that plays the replica skips it.
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER b_no_truncate', guarded);
  END LOOP;
END $$;
--> statement-breakpoint
-- Whether this very write is an erasure (below): it alone changes words that otherwise stay, from within the database.
CREATE FUNCTION erasing() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(current_setting('countersign.erasing', true) = pg_current_xact_id_if_assigned()::text, false) AND current_user <> 'countersign_app'
$$;
--> statement-breakpoint
-- ──── Next joint steps ───────────────────────────────────────────────────────────────────────────
-- Another step than the one that was done is not done, whoever brought it.
CREATE FUNCTION open_another_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.next_step_done_on := NULL;
  NEW.next_step_done_by := NULL;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER d_another_step BEFORE UPDATE OF next_step ON activities FOR EACH ROW
  WHEN (OLD.next_step_done_on IS NOT NULL AND NEW.next_step IS DISTINCT FROM OLD.next_step
    AND NEW.next_step_done_on IS NOT DISTINCT FROM OLD.next_step_done_on AND NOT erasing())
  EXECUTE FUNCTION open_another_step();
--> statement-breakpoint
-- ──── The audit log ─────────────────────────────────────────────────────────────────────────────
-- An entry names the actor and request of its own transaction, and carries its clock.
CREATE FUNCTION refuse_forged_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.actor IS DISTINCT FROM current_setting('countersign.actor', true)
    OR NEW.request IS DISTINCT FROM current_setting('countersign.request', true) THEN
    RAISE EXCEPTION 'an audit entry names the actor and request of its own transaction' USING ERRCODE = 'CS104';
  END IF;
  NEW.at := now();
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_unforged BEFORE INSERT ON audit_log FOR EACH ROW
  WHEN (NEW.at IS DISTINCT FROM now() OR NEW.actor IS DISTINCT FROM current_setting('countersign.actor', true)
    OR NEW.request IS DISTINCT FROM current_setting('countersign.request', true))
  EXECUTE FUNCTION refuse_forged_entry();
--> statement-breakpoint
DO $$
DECLARE
  guarded regclass;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['audit_log', 'audit_tree', 'audit_heads', 'audit_keys', 'audit_checks', 'witnessed_heads']::regclass[] LOOP
    EXECUTE format('CREATE TRIGGER b_append_only BEFORE UPDATE OR DELETE ON %s FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER b_append_only', guarded);
  END LOOP;
END $$;
--> statement-breakpoint
-- The tree grows at its end, without a gap; a head covers all of it, and no head says less than one before.
CREATE FUNCTION guard_tree() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.place <> coalesce((SELECT max(place) + 1 FROM audit_tree WHERE level = NEW.level), 0)
    OR NEW.level = 0 AND NEW.audit_id <= (SELECT audit_id FROM audit_tree WHERE level = 0 ORDER BY place DESC LIMIT 1) THEN
    RAISE EXCEPTION 'the audit log grows at its end' USING ERRCODE = 'CS102';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_at_its_end BEFORE INSERT ON audit_tree FOR EACH ROW EXECUTE FUNCTION guard_tree();
--> statement-breakpoint
CREATE FUNCTION guard_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.size IS DISTINCT FROM (SELECT max(place) + 1 FROM audit_tree WHERE level = 0) THEN
    RAISE EXCEPTION 'a head covers the whole tree as it stands' USING ERRCODE = 'CS102';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_whole BEFORE INSERT ON audit_heads FOR EACH ROW EXECUTE FUNCTION guard_head();
--> statement-breakpoint
-- ──── Rulings and partners ──────────────────────────────────────────────────────────────────────
-- A ruling is a decision people made: it stays, unless it is part of the demo story.
CREATE FUNCTION refuse_ruling_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM deals WHERE id = OLD.deal_id AND demo) THEN
    RAISE EXCEPTION 'rulings is append-only: DELETE is refused' USING ERRCODE = 'CS102';
  END IF;
  RETURN OLD;
END $$;
--> statement-breakpoint
CREATE TRIGGER b_append_only BEFORE UPDATE ON rulings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER c_append_only BEFORE DELETE ON rulings FOR EACH ROW EXECUTE FUNCTION refuse_ruling_deletion();
--> statement-breakpoint
ALTER TABLE rulings ENABLE ALWAYS TRIGGER b_append_only;
--> statement-breakpoint
ALTER TABLE rulings ENABLE ALWAYS TRIGGER c_append_only;
--> statement-breakpoint
-- Parents are changed one transaction at a time: two at once could close a circle that neither sees.
CREATE FUNCTION refuse_own_ancestor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('partners.parent_id'));
  IF EXISTS (
    WITH RECURSIVE above (id) AS (
      SELECT NEW.parent_id
      UNION
      SELECT p.parent_id FROM partners p JOIN above a ON p.id = a.id WHERE p.parent_id IS NOT NULL
    )
    SELECT FROM above WHERE id = NEW.id
  ) THEN
    RAISE EXCEPTION 'partner % would be its own ancestor', NEW.id
      USING ERRCODE = 'CS103', CONSTRAINT = 'partners_not_own_ancestor', TABLE = 'partners', COLUMN = 'parent_id';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_no_own_ancestor BEFORE INSERT OR UPDATE OF id, parent_id ON partners
  FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL) EXECUTE FUNCTION refuse_own_ancestor();
--> statement-breakpoint
-- What is new is said of the record that a merged one became; and that one became no other itself, so that one look
-- finds it. A write at the same moment as the merge waits for it, and then sees it.
CREATE FUNCTION refuse_merged_partners(named text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  was text;
  became text;
BEGIN
  PERFORM FROM partners WHERE id = ANY (named) ORDER BY id FOR KEY SHARE;
  SELECT p.name, i.name INTO was, became FROM partners p JOIN partners i ON i.id = p.merged_into WHERE p.id = ANY (named) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the record of % became that of %: name that one', was, became USING ERRCODE = 'CS109';
  END IF;
END $$;
--> statement-breakpoint
-- Of all rows of a statement at once: a file brings thousands that name the same few.
CREATE FUNCTION refuse_merged_partner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM refuse_merged_partners(ARRAY(SELECT DISTINCT partner_id FROM entered));
    RETURN NULL;
  END IF;
  PERFORM refuse_merged_partners(ARRAY[NEW.partner_id]);
  RETURN NEW;
END $$;
--> statement-breakpoint
DO $$
DECLARE
  guarded regclass;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['role_rows', 'registrations', 'activities', 'joint_steps', 'partner_contacts']::regclass[] LOOP
    EXECUTE format('CREATE TRIGGER d_none_merged AFTER INSERT ON %s REFERENCING NEW TABLE AS entered FOR EACH STATEMENT EXECUTE FUNCTION refuse_merged_partner()', guarded);
    EXECUTE format('CREATE TRIGGER d_not_merged BEFORE UPDATE OF partner_id ON %s FOR EACH ROW WHEN (NEW.partner_id IS DISTINCT FROM OLD.partner_id) EXECUTE FUNCTION refuse_merged_partner()', guarded);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE FUNCTION refuse_chained_merge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM partners WHERE id = NEW.merged_into AND merged_into IS NOT NULL)
    OR EXISTS (SELECT FROM partners WHERE merged_into = NEW.id) THEN
    RAISE EXCEPTION 'a merged record points to one that is not merged itself' USING ERRCODE = 'CS109';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER d_one_step AFTER INSERT OR UPDATE OF merged_into ON partners DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.merged_into IS NOT NULL) EXECUTE FUNCTION refuse_chained_merge();
--> statement-breakpoint
-- ──── People ─────────────────────────────────────────────────────────────────────────────────────────────
-- Somebody can always get in: the last active admin is not removed, demoted or switched off, by two at once
-- neither. What is removed with the demo story is not held up.
CREATE FUNCTION keep_an_admin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.role <> 'admin' OR OLD.disabled_at IS NOT NULL THEN
    RETURN coalesce(NEW, OLD);
  END IF;
  IF TG_OP = 'DELETE' THEN
    IF OLD.demo THEN RETURN OLD; END IF;
  ELSIF NEW.role = 'admin' AND NEW.disabled_at IS NULL OR OLD.demo AND NOT NEW.demo THEN
    RETURN NEW;
  END IF;
  -- The second of two that race waits here, and then sees what the first one did.
  PERFORM pg_advisory_xact_lock(hashtext('users.admin'));
  IF NOT EXISTS (SELECT FROM users WHERE role = 'admin' AND disabled_at IS NULL AND id <> OLD.id AND (OLD.demo OR NOT demo)) THEN
    RAISE EXCEPTION '% is the last admin: make somebody else one first', OLD.name
      USING ERRCODE = 'CS401', CONSTRAINT = 'users_an_admin', TABLE = 'users', COLUMN = 'role';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
--> statement-breakpoint
CREATE TRIGGER c_an_admin BEFORE UPDATE OF role, disabled_at OR DELETE ON users FOR EACH ROW EXECUTE FUNCTION keep_an_admin();
--> statement-breakpoint
-- A link is what it was when it was made; it is used or withdrawn once.
CREATE FUNCTION guard_password_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.user_id, NEW.token_hash, NEW.issued_by, NEW.issued_at, NEW.expires_at)
    IS DISTINCT FROM (OLD.id, OLD.user_id, OLD.token_hash, OLD.issued_by, OLD.issued_at, OLD.expires_at)
    OR OLD.used_at IS NOT NULL OR OLD.revoked_at IS NOT NULL OR NEW.used_at > OLD.expires_at THEN
    RAISE EXCEPTION 'a link works once, for a day' USING ERRCODE = 'CS402';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_once BEFORE UPDATE ON password_links FOR EACH ROW EXECUTE FUNCTION guard_password_link();
--> statement-breakpoint
-- A link to a statement shows what it was made for, until its day; it is ended once.
CREATE FUNCTION guard_partner_statement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.partner_id, NEW.token_hash, NEW.amounts, NEW.answered_by, NEW.answered_from, NEW.shared_by, NEW.shared_at, NEW.expires_at)
    IS DISTINCT FROM (OLD.id, OLD.partner_id, OLD.token_hash, OLD.amounts, OLD.answered_by, OLD.answered_from, OLD.shared_by, OLD.shared_at, OLD.expires_at)
    OR OLD.revoked_at IS NOT NULL THEN
    RAISE EXCEPTION 'a link to a statement stays what it was made for, and is ended once' USING ERRCODE = 'CS402';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_once BEFORE UPDATE ON partner_statements FOR EACH ROW WHEN (NOT erasing()) EXECUTE FUNCTION guard_partner_statement();
--> statement-breakpoint
-- A key to the API stays what it was made for; it is revoked once.
CREATE FUNCTION guard_api_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.name, NEW.user_id, NEW.role, NEW.scopes, NEW.key_hash, NEW.hint, NEW.created_by, NEW.created_at, NEW.expires_at)
    IS DISTINCT FROM (OLD.id, OLD.name, OLD.user_id, OLD.role, OLD.scopes, OLD.key_hash, OLD.hint, OLD.created_by, OLD.created_at, OLD.expires_at)
    OR OLD.revoked_at IS NOT NULL THEN
    RAISE EXCEPTION 'a key stays what it was made for, and is revoked once' USING ERRCODE = 'CS402';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_once BEFORE UPDATE ON api_keys FOR EACH ROW WHEN (NOT erasing()) EXECUTE FUNCTION guard_api_key();
--> statement-breakpoint
-- Whoever writes as a person makes a key of that person's hand alone.
CREATE FUNCTION guard_new_api_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.user_id IS NOT NULL AND current_setting('countersign.actor', true) IS DISTINCT FROM 'user:' || NEW.user_id THEN
    RAISE EXCEPTION 'a key is made by whose hand it is' USING ERRCODE = 'CS402';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_own_hand BEFORE INSERT ON api_keys FOR EACH ROW EXECUTE FUNCTION guard_new_api_key();
--> statement-breakpoint
-- A session that has ended stays so.
CREATE FUNCTION guard_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at OR NEW.user_id <> OLD.user_id THEN
    RAISE EXCEPTION 'a session that has ended stays so' USING ERRCODE = 'CS402';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_ended BEFORE UPDATE ON sessions FOR EACH ROW EXECUTE FUNCTION guard_session();
--> statement-breakpoint
-- ──── Single sign-on ─────────────────────────────────────────────────────────────────────────────
-- Nobody is found by their address: whose an identity is they say themselves, or an admin or the operator; the house
-- says it of a person alone whom it lets in by this very write. It stays whose it is, and who.
CREATE FUNCTION guard_identity() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  speaker text := current_setting('countersign.actor', true);
BEGIN
  IF TG_OP = 'UPDATE' AND ((NEW.issuer, NEW.subject, NEW.created_at) IS DISTINCT FROM (OLD.issuer, OLD.subject, OLD.created_at)
    OR OLD.user_id IS NOT NULL
      AND (NEW.user_id, NEW.linked_by, NEW.linked_at) IS DISTINCT FROM (OLD.user_id, OLD.linked_by, OLD.linked_at)) THEN
    RAISE EXCEPTION 'an identity stays who it is, and whose' USING ERRCODE = 'CS402';
  END IF;
  IF NEW.user_id IS NULL OR TG_OP = 'UPDATE' AND OLD.user_id IS NOT NULL THEN
    RETURN NEW;
  END IF;
  IF NEW.linked_by IS DISTINCT FROM speaker OR NOT (speaker IN ('user:' || NEW.user_id, 'command-line')
    OR EXISTS (SELECT FROM users WHERE speaker = 'user:' || id AND role = 'admin' AND disabled_at IS NULL)
    OR speaker = 'system:house' AND EXISTS (SELECT FROM users WHERE id = NEW.user_id AND created_at = now())) THEN
    RAISE EXCEPTION 'whose an identity is they say themselves, or an admin' USING ERRCODE = 'CS402';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE INSERT OR UPDATE ON identities FOR EACH ROW EXECUTE FUNCTION guard_identity();
--> statement-breakpoint
-- What somebody was asked they answer once, while it holds, as it was asked.
CREATE FUNCTION guard_challenge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.used_at IS NOT NULL OR NEW.used_at > OLD.expires_at
    OR (to_jsonb(NEW) - 'used_at') IS DISTINCT FROM (to_jsonb(OLD) - 'used_at') THEN
    RAISE EXCEPTION 'a challenge is answered once, while it holds' USING ERRCODE = 'CS402';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_once BEFORE UPDATE ON challenges FOR EACH ROW EXECUTE FUNCTION guard_challenge();
--> statement-breakpoint
-- A passkey is made by whose it is, stays what it is, and its counter never turns back.
CREATE FUNCTION guard_passkey() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' AND current_setting('countersign.actor', true) IS DISTINCT FROM 'user:' || NEW.user_id
    OR TG_OP = 'UPDATE' AND (NEW.counter < OLD.counter
      OR (to_jsonb(NEW) - 'counter' - 'used_at') IS DISTINCT FROM (to_jsonb(OLD) - 'counter' - 'used_at')) THEN
    RAISE EXCEPTION 'a passkey is made by whose it is, and stays what it is' USING ERRCODE = 'CS402';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE INSERT OR UPDATE ON passkeys FOR EACH ROW EXECUTE FUNCTION guard_passkey();
--> statement-breakpoint
-- ──── The demo story ─────────────────────────────────────────────────────────────────────────────────────
-- What is real does not become part of the story, and so cannot go with it. Policies and cases have their own.
CREATE FUNCTION refuse_becoming_demo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is real: it does not become part of the demo story', TG_TABLE_NAME USING ERRCODE = 'CS403';
END $$;
--> statement-breakpoint
DO $$
DECLARE
  guarded regclass;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['deals', 'partners', 'accounts', 'users', 'costs', 'rates', 'learnings', 'reviews']::regclass[] LOOP
    EXECUTE format('CREATE TRIGGER b_stays_real BEFORE UPDATE OF demo ON %s FOR EACH ROW WHEN (NEW.demo AND NOT OLD.demo) EXECUTE FUNCTION refuse_becoming_demo()', guarded);
  END LOOP;
END $$;
--> statement-breakpoint
-- ──── Deals and the facts about them ────────────────────────────────────────────────────────────
-- What closing locks changes only as an amendment that says its day, into no quarter that is frozen; a deal is
-- part of the demo story from its first day or never.
CREATE FUNCTION guard_deal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.demo IS DISTINCT FROM OLD.demo THEN
    RAISE EXCEPTION 'a deal stays part of the demo story, or no part of it' USING ERRCODE = 'CS105';
  END IF;
  IF OLD.outcome <> 'open'
    AND (NEW.amount, NEW.currency, NEW.type, NEW.route, NEW.closed_on, NEW.outcome, NEW.first_engaged_on)
      IS DISTINCT FROM (OLD.amount, OLD.currency, OLD.type, OLD.route, OLD.closed_on, OLD.outcome, OLD.first_engaged_on)
    AND (NEW.amended_on IS NULL OR NEW.amended_on < OLD.closed_on) THEN
    RAISE EXCEPTION 'the deal was % on %: what closing locks is amended, with its day', OLD.outcome, OLD.closed_on
      USING ERRCODE = 'CS105';
  END IF;
  IF NEW.amended_on IS DISTINCT FROM OLD.amended_on AND (NEW.amended_on IS NULL OR NEW.amended_on < OLD.amended_on) THEN
    RAISE EXCEPTION 'that a deal was amended stays said' USING ERRCODE = 'CS105';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE UPDATE ON deals FOR EACH ROW
  WHEN (NEW.demo IS DISTINCT FROM OLD.demo OR NEW.amended_on IS DISTINCT FROM OLD.amended_on OR OLD.outcome <> 'open'
    AND (NEW.amount, NEW.currency, NEW.type, NEW.route, NEW.closed_on, NEW.outcome, NEW.first_engaged_on)
      IS DISTINCT FROM (OLD.amount, OLD.currency, OLD.type, OLD.route, OLD.closed_on, OLD.outcome, OLD.first_engaged_on))
  EXECUTE FUNCTION guard_deal();
--> statement-breakpoint
-- Every write about a deal raises its version: with room beside it no index is written for that.
ALTER TABLE deals SET (fillfactor = 85);
--> statement-breakpoint
-- A deal's account by its name and by its id are one: who gives either gets the other, and a customer that no
-- account is called yet is one from then on, whoever enters or imports the deal. Of two of a name it is the older.
CREATE FUNCTION account_named(wanted text, of_demo boolean) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  found_id text;
BEGIN
  SELECT id INTO found_id FROM accounts WHERE lower(name) = lower(trim(wanted)) ORDER BY created_at, id LIMIT 1;
  IF found_id IS NULL THEN
    -- Of two that name it at once the second waits here, and then finds it.
    PERFORM pg_advisory_xact_lock(hashtext('accounts.name ' || lower(trim(wanted))));
    SELECT id INTO found_id FROM accounts WHERE lower(name) = lower(trim(wanted)) ORDER BY created_at, id LIMIT 1;
  END IF;
  IF found_id IS NULL THEN
    INSERT INTO accounts (name, of_name, demo) VALUES (trim(wanted), true, of_demo) RETURNING id INTO found_id;
  END IF;
  RETURN found_id;
END $$;
--> statement-breakpoint
CREATE FUNCTION join_account() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  by_id boolean := CASE WHEN TG_OP = 'INSERT' THEN true ELSE NEW.account_id IS DISTINCT FROM OLD.account_id END;
BEGIN
  IF trim(NEW.account) = '' THEN NEW.account := NULL; END IF;
  IF NEW.account_id IS NOT NULL AND by_id THEN
    -- A name in other letters stays as it was given.
    SELECT CASE WHEN lower(trim(NEW.account)) = lower(trim(name)) THEN NEW.account ELSE name END
      INTO NEW.account FROM accounts WHERE id = NEW.account_id;
  ELSIF NEW.account IS NULL THEN
    NEW.account_id := NULL;
  ELSIF NEW.account_id IS NULL OR (NEW.account IS DISTINCT FROM OLD.account
    AND NOT EXISTS (SELECT FROM accounts WHERE id = NEW.account_id AND name = NEW.account)) THEN
    NEW.account_id := account_named(NEW.account, NEW.demo);
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER d_account BEFORE INSERT OR UPDATE OF account, account_id ON deals FOR EACH ROW EXECUTE FUNCTION join_account();
--> statement-breakpoint
-- Who recorded a fact stays said, whoever changes it afterwards.
CREATE FUNCTION guard_recorder() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.recorded_by IS NOT NULL AND NEW.recorded_by IS DISTINCT FROM OLD.recorded_by THEN
    RAISE EXCEPTION 'who recorded % stays said', OLD.id USING ERRCODE = 'CS106';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
DO $$
DECLARE
  guarded regclass;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['registrations', 'role_rows', 'activities']::regclass[] LOOP
    EXECUTE format('CREATE TRIGGER c_recorder BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION guard_recorder()', guarded);
  END LOOP;
END $$;
--> statement-breakpoint
-- Two rows may change places within one write: who stands where is asked when it is done.
ALTER TABLE role_rows DROP CONSTRAINT role_rows_once,
  ADD CONSTRAINT role_rows_once UNIQUE (deal_id, partner_id, role) DEFERRABLE INITIALLY IMMEDIATE;
--> statement-breakpoint
-- A decision that another one replaces is remembered, so that a look at a past day is true.
CREATE FUNCTION remember_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO registration_decisions (registration_id, status, decided_on, decided_by, reason)
  VALUES (OLD.id, OLD.status, OLD.decided_on, OLD.decided_by, OLD.reason);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER d_remember AFTER UPDATE ON registrations FOR EACH ROW
  WHEN (OLD.decided_on IS NOT NULL AND (OLD.status, OLD.decided_on, OLD.decided_by)
    IS DISTINCT FROM (NEW.status, NEW.decided_on, NEW.decided_by))
  EXECUTE FUNCTION remember_decision();
--> statement-breakpoint
CREATE TRIGGER b_append_only BEFORE UPDATE ON registration_decisions FOR EACH STATEMENT WHEN (NOT erasing()) EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- A note kept as proof says for ever what it said, unless it is part of the demo story.
CREATE FUNCTION refuse_kept_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.demo THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'notes is append-only: % is refused', TG_OP USING ERRCODE = 'CS102';
END $$;
--> statement-breakpoint
CREATE TRIGGER b_append_only BEFORE UPDATE OR DELETE ON notes FOR EACH ROW WHEN (NOT erasing()) EXECUTE FUNCTION refuse_kept_note_change();
--> statement-breakpoint
ALTER TABLE notes ENABLE ALWAYS TRIGGER b_append_only;
--> statement-breakpoint
-- ──── Evidence ──────────────────────────────────────────────────────────────────────────────────
-- A file that was handed in stays as it came, unless it is part of the demo story, or waited for a model and told of nothing,
-- until all that was read of it was answered and it was kept for as long as the company says.
CREATE FUNCTION refuse_evidence_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND (OLD.demo
    OR EXISTS (SELECT FROM model_readings WHERE evidence_id = OLD.id)
      AND NOT EXISTS (SELECT FROM evidence_proposals WHERE evidence_id = OLD.id)
    OR current_setting('countersign.actor', true) = 'system:forget-originals'
      AND OLD.created_at < now() - make_interval(days => (SELECT kept_original_days FROM settings))
      AND NOT EXISTS (SELECT FROM evidence_proposals WHERE evidence_id = OLD.id AND decision IS NULL)) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'evidence_files is append-only: % is refused', TG_OP USING ERRCODE = 'CS102';
END $$;
--> statement-breakpoint
CREATE TRIGGER b_append_only BEFORE UPDATE OR DELETE ON evidence_files FOR EACH ROW WHEN (NOT erasing()) EXECUTE FUNCTION refuse_evidence_change();
--> statement-breakpoint
ALTER TABLE evidence_files ENABLE ALWAYS TRIGGER b_append_only;
--> statement-breakpoint
-- What a proposal says stays as it was read, and one that became an activity stays accepted. Its account may come to be
-- known by another id.
CREATE FUNCTION refuse_proposal_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.decision = 'accepted'
    AND (NEW.decision, NEW.activity_id) IS DISTINCT FROM (OLD.decision, OLD.activity_id) THEN
    RAISE EXCEPTION 'a proposal that was accepted stays so: withdraw the activity' USING ERRCODE = 'CS102';
  END IF;
  IF (NEW.id, NEW.evidence_id, NEW.position, NEW.partner_id, NEW.contact, NEW.type, NEW.occurred_on, NEW.involvement, NEW.quote)
      IS DISTINCT FROM (OLD.id, OLD.evidence_id, OLD.position, OLD.partner_id, OLD.contact, OLD.type, OLD.occurred_on, OLD.involvement, OLD.quote)
    OR (NEW.deal_id IS NOT NULL AND NEW.deal_id IS DISTINCT FROM OLD.deal_id) THEN
    RAISE EXCEPTION 'a proposal says what was read' USING ERRCODE = 'CS102';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_as_read BEFORE UPDATE ON evidence_proposals FOR EACH ROW WHEN (NOT erasing()) EXECUTE FUNCTION refuse_proposal_change();
--> statement-breakpoint
-- What a correction asks for stays as it was proposed, and so does its answer; finance accepts or declines in
-- person, never what the same person proposed (a constraint); who proposed it may withdraw it.
CREATE FUNCTION guard_correction() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  decider users%ROWTYPE;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'proposed' THEN
      RAISE EXCEPTION 'a correction is proposed before it is answered' USING ERRCODE = 'CS105';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.deal_id, NEW.before, NEW.after, NEW.reason, NEW.proposed_on, NEW.proposed_by)
    IS DISTINCT FROM (OLD.id, OLD.deal_id, OLD.before, OLD.after, OLD.reason, OLD.proposed_on, OLD.proposed_by) THEN
    RAISE EXCEPTION 'a correction stays as it was proposed: withdraw it and propose another' USING ERRCODE = 'CS105';
  END IF;
  IF OLD.state <> 'proposed' THEN
    RAISE EXCEPTION 'this correction was % already', OLD.state USING ERRCODE = 'CS105';
  END IF;
  SELECT * INTO decider FROM users WHERE id = NEW.decided_by;
  IF current_setting('countersign.actor', true) IS DISTINCT FROM 'user:' || NEW.decided_by THEN
    RAISE EXCEPTION 'nobody answers a correction for somebody else' USING ERRCODE = 'CS105';
  END IF;
  IF NEW.state IN ('accepted', 'declined') AND (decider.role <> 'finance' OR decider.disabled_at IS NOT NULL) THEN
    RAISE EXCEPTION 'finance answers a correction' USING ERRCODE = 'CS105';
  END IF;
  IF NEW.state = 'withdrawn' AND NEW.decided_by <> OLD.proposed_by THEN
    RAISE EXCEPTION 'a correction is withdrawn by who proposed it' USING ERRCODE = 'CS105';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE INSERT OR UPDATE ON corrections FOR EACH ROW WHEN (NOT erasing()) EXECUTE FUNCTION guard_correction();
--> statement-breakpoint
-- ──── Policies and signatures ───────────────────────────────────────────────────────────────────
ALTER TABLE policies ADD CONSTRAINT policies_no_overlap EXCLUDE USING gist (period WITH &&);
--> statement-breakpoint
-- The first day from which an amendment may be in force; null when any day may. The first agreement starts the clock.
CREATE FUNCTION next_amendment_from() RETURNS date LANGUAGE sql STABLE AS $$
  SELECT (lower(p.period) + interval '12 months')::date
  FROM policies p
  WHERE p.period IS NOT NULL
  ORDER BY lower(p.period) DESC
  LIMIT 1
$$;
--> statement-breakpoint
-- A text is frozen once it is proposed and what ended stays ended; it comes into force with three signatures,
-- on the day that was proposed or later, and is open until the next one closes it.
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
    IF NEW.active_from < utc_day() - 1 THEN
      RAISE EXCEPTION 'a policy is active from a day that is not in the past' USING ERRCODE = 'CS204';
    END IF;
    possible := next_amendment_from();
    IF possible IS NOT NULL AND NEW.active_from < possible THEN
      RAISE EXCEPTION 'at most one amendment in twelve months: the next may be active from %', possible
        USING ERRCODE = 'CS203';
    END IF;
    IF NEW.document ->> 'reachesBackTo' IS NOT NULL
      AND (possible IS NOT NULL OR (NEW.document ->> 'reachesBackTo')::date > NEW.active_from) THEN
      RAISE EXCEPTION 'only the first agreement reaches back, and to no day after its first' USING ERRCODE = 'CS204';
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
    IF lower(NEW.period) IS NULL OR lower(NEW.period) < greatest(NEW.active_from, utc_day() - 1) THEN
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
CREATE TRIGGER c_guard BEFORE INSERT OR UPDATE OR DELETE ON policies FOR EACH ROW EXECUTE FUNCTION guard_policy();
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
-- Why nobody signs a policy as it stands; null when it can be signed (see the section of documents below).
CREATE FUNCTION why_not_signed(policy policies) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN policy.proposed_at IS NULL THEN 'a draft is not signed: it is proposed first, which freezes its text'
    WHEN policy.withdrawn_at IS NOT NULL OR EXISTS (SELECT FROM policy_declines WHERE policy_id = policy.id)
      THEN 'this proposal has ended: it was withdrawn or declined'
  END
$$;
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
-- ──── Exceptions and votes ──────────────────────────────────────────────────────────────────────
-- A side's deputy is named in person by somebody of that side, and is nobody who stands on the other.
CREATE FUNCTION guard_deputy() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  namer users%ROWTYPE;
  deputy users%ROWTYPE;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.side, NEW.user_id, NEW.exception_id, NEW.named_by, NEW.named_on)
      IS DISTINCT FROM (OLD.id, OLD.side, OLD.user_id, OLD.exception_id, OLD.named_by, OLD.named_on) OR OLD.ended_on IS NOT NULL THEN
      RAISE EXCEPTION 'a deputy is ended, never rewritten: name another' USING ERRCODE = 'CS301';
    END IF;
    RETURN NEW;
  END IF;
  SELECT * INTO namer FROM users WHERE id = NEW.named_by;
  SELECT * INTO deputy FROM users WHERE id = NEW.user_id;
  IF (NEW.side, namer.role) NOT IN (('finance', 'finance'), ('partnerships', 'head_of_partnerships')) THEN
    RAISE EXCEPTION '% names no deputy for %', namer.name, NEW.side USING ERRCODE = 'CS301';
  ELSIF current_setting('countersign.actor', true) IS DISTINCT FROM 'user:' || NEW.named_by THEN
    RAISE EXCEPTION 'nobody names a deputy for somebody else: % does in person', namer.name USING ERRCODE = 'CS301';
  ELSIF deputy.disabled_at IS NOT NULL OR (NEW.side, deputy.role) NOT IN (
    ('finance', 'finance'), ('finance', 'cro'),
    ('partnerships', 'head_of_partnerships'), ('partnerships', 'partner_manager'), ('partnerships', 'cro')) THEN
    RAISE EXCEPTION '% cannot decide for %', deputy.name, NEW.side USING ERRCODE = 'CS301';
  ELSIF EXISTS (SELECT FROM deputies d LEFT JOIN exceptions e ON e.id = d.exception_id
    WHERE d.user_id = NEW.user_id AND d.side <> NEW.side AND d.ended_on IS NULL AND e.settled_at IS NULL
    AND (d.exception_id IS NULL OR NEW.exception_id IS NULL OR d.exception_id = NEW.exception_id)) THEN
    RAISE EXCEPTION '% is the deputy of the other side', deputy.name USING ERRCODE = 'CS301';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE INSERT OR UPDATE ON deputies FOR EACH ROW EXECUTE FUNCTION guard_deputy();
--> statement-breakpoint
CREATE FUNCTION refuse_deputy_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM users WHERE id IN (OLD.user_id, OLD.named_by) AND demo)
    OR OLD.exception_id IS NOT NULL AND NOT EXISTS (SELECT FROM exceptions WHERE id = OLD.exception_id AND NOT demo) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'who decided as a deputy stays known: DELETE is refused' USING ERRCODE = 'CS102';
END $$;
--> statement-breakpoint
CREATE TRIGGER b_append_only BEFORE DELETE ON deputies FOR EACH ROW EXECUTE FUNCTION refuse_deputy_deletion();
--> statement-breakpoint
-- One vote a side, each in person by somebody of that side or its deputy, on nobody's own claim; none after it is settled.
CREATE FUNCTION guard_vote() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  case_ exceptions%ROWTYPE;
  voter users%ROWTYPE;
BEGIN
  SELECT * INTO case_ FROM exceptions WHERE id = NEW.exception_id FOR UPDATE;
  SELECT * INTO voter FROM users WHERE id = NEW.user_id;
  IF case_.settled_at IS NOT NULL THEN
    RAISE EXCEPTION 'this exception is settled' USING ERRCODE = 'CS301';
  ELSIF voter.disabled_at IS NOT NULL OR voter.role NOT IN ('finance', 'head_of_partnerships', 'cro', 'partner_manager')
    OR (NEW.side, voter.role) IN (('finance', 'head_of_partnerships'), ('finance', 'partner_manager'), ('partnerships', 'finance'))
    OR (NEW.side, voter.role) NOT IN (('finance', 'finance'), ('partnerships', 'head_of_partnerships'))
      AND NOT EXISTS (SELECT FROM deputies WHERE user_id = NEW.user_id AND side = NEW.side AND ended_on IS NULL
        AND (exception_id IS NULL OR exception_id = NEW.exception_id)) THEN
    RAISE EXCEPTION '% does not decide for %', voter.name, NEW.side USING ERRCODE = 'CS301';
  ELSIF current_setting('countersign.actor', true) IS DISTINCT FROM 'user:' || NEW.user_id THEN
    RAISE EXCEPTION 'nobody decides for somebody else: % decides in person', voter.name USING ERRCODE = 'CS301';
  ELSIF voter.demo AND NOT case_.demo THEN
    RAISE EXCEPTION 'people of the demo decide what is the demo''s own' USING ERRCODE = 'CS301';
  ELSIF EXISTS (SELECT FROM exception_votes WHERE exception_id = NEW.exception_id AND user_id = NEW.user_id AND side <> NEW.side) THEN
    RAISE EXCEPTION 'one person, one side: % has decided for the other already', voter.name USING ERRCODE = 'CS301';
  ELSIF case_.raised_by = NEW.user_id
    OR EXISTS (SELECT FROM role_rows WHERE deal_id = case_.deal_id AND NEW.user_id IN (recorded_by, changed_by) AND case_.facts -> 'ids' ? id)
    OR EXISTS (SELECT FROM registrations WHERE deal_id = case_.deal_id AND recorded_by = NEW.user_id AND case_.facts -> 'ids' ? id)
    OR EXISTS (SELECT FROM activities WHERE deal_id = case_.deal_id AND NEW.user_id IN (recorded_by, changed_by) AND case_.facts -> 'ids' ? id) THEN
    RAISE EXCEPTION 'nobody decides on their own claim' USING ERRCODE = 'CS301';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE INSERT OR UPDATE ON exception_votes FOR EACH ROW WHEN (NOT erasing()) EXECUTE FUNCTION guard_vote();
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
-- What an exception was opened with stays; a decision needs both sides in agreement, and stands.
CREATE FUNCTION guard_settlement() RETURNS trigger LANGUAGE plpgsql AS $$
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
  IF (NEW.id, NEW.deal_id, NEW.kind, NEW.origin, NEW.claim, NEW.facts, NEW.raised_by, NEW.contested_by, NEW.amount, NEW.currency, NEW.opened_at)
    IS DISTINCT FROM (OLD.id, OLD.deal_id, OLD.kind, OLD.origin, OLD.claim, OLD.facts, OLD.raised_by, OLD.contested_by, OLD.amount, OLD.currency, OLD.opened_at)
    OR (NEW.demo AND NOT OLD.demo) THEN
    RAISE EXCEPTION 'what an exception was opened with stays: add a note instead' USING ERRCODE = 'CS301';
  END IF;
  IF OLD.settled_at IS NOT NULL AND (NEW.settled_at, NEW.settled_on, NEW.settlement, NEW.became)
    IS DISTINCT FROM (OLD.settled_at, OLD.settled_on, OLD.settlement, OLD.became) THEN
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
  ELSIF OLD.settled_at IS NULL AND NEW.settlement = 'withdrawn'
    AND (OLD.raised_by IS NULL OR current_setting('countersign.actor', true) IS DISTINCT FROM
      CASE WHEN OLD.contested_by IS NULL THEN 'user:' || OLD.raised_by ELSE 'partner-link' END) THEN
    RAISE EXCEPTION 'a case is withdrawn by whoever raised it, a partner''s contest by its link' USING ERRCODE = 'CS301';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE INSERT OR UPDATE ON exceptions FOR EACH ROW WHEN (NOT erasing()) EXECUTE FUNCTION guard_settlement();
--> statement-breakpoint
-- By the end of its transaction a ruling is what both sides of a case decided, in every word. The demo story's case
-- can have gone before it.
CREATE FUNCTION refuse_ruling_by_nobody() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM deals WHERE id = NEW.deal_id AND demo) AND NOT EXISTS (
    SELECT FROM exceptions e WHERE e.deal_id = NEW.deal_id AND e.became = NEW.id AND e.settlement = 'ruling'
      AND (SELECT count(*) FROM exception_votes v WHERE v.exception_id = e.id AND v.decision = 'ruling'
        AND (v.partner_id, v.model, v.outcome) = (NEW.partner_id, NEW.model, NEW.outcome)) = 2) THEN
    RAISE EXCEPTION 'a ruling is what one person from finance and one from partnerships decided' USING ERRCODE = 'CS301';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER d_decided AFTER INSERT ON rulings DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION refuse_ruling_by_nobody();
--> statement-breakpoint
ALTER TABLE rulings ENABLE ALWAYS TRIGGER d_decided;
--> statement-breakpoint
-- The log stays, unless it is part of the demo story. What judging found on the way, in facts of which an import
-- had landed only some, leaves it again when the rest put it right, as long as nobody touched it and for a day.
CREATE FUNCTION refuse_exception_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT OLD.demo AND NOT (
    OLD.origin = 'found' AND OLD.version = 1 AND OLD.settled_at IS NULL AND OLD.opened_at > now() - interval '1 day'
    AND NOT EXISTS (SELECT FROM exception_votes WHERE exception_id = OLD.id)
    AND NOT EXISTS (SELECT FROM exception_notes WHERE exception_id = OLD.id AND kind <> 'opened')
    AND NOT EXISTS (SELECT FROM sealed_quarters WHERE quarter = OLD.quarter)
    AND NOT EXISTS (SELECT FROM judged_deals WHERE deal_id = OLD.deal_id AND OLD.kind::text = ANY (gray::text[]))
  ) THEN
    RAISE EXCEPTION 'an exception stays in the log: DELETE is refused' USING ERRCODE = 'CS102';
  END IF;
  RETURN OLD;
END $$;
--> statement-breakpoint
CREATE TRIGGER b_append_only BEFORE DELETE ON exceptions FOR EACH ROW EXECUTE FUNCTION refuse_exception_deletion();
--> statement-breakpoint
-- Cases are counted by quarter, kind and how they stand, as tallies of deals are (lib/metrics/tally-lines.ts): here,
-- because verbs of several kinds write them beside judging. Each appends what it changes.
CREATE FUNCTION case_standing(settlement text, deferred_to text) RETURNS text LANGUAGE sql IMMUTABLE
  RETURN coalesce(settlement, CASE WHEN deferred_to IS NULL THEN 'open' ELSE 'deferred' END);
--> statement-breakpoint
CREATE FUNCTION case_place(quarter text, kind exception_kind) RETURNS text LANGUAGE sql STABLE
  RETURN quarter || '/' || kind::text;
--> statement-breakpoint
CREATE FUNCTION tally_cases() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moves text := concat_ws(' UNION ALL ',
    CASE WHEN TG_OP <> 'INSERT' THEN 'SELECT settlement, deferred_to, quarter, kind, -1 FROM was' END,
    CASE WHEN TG_OP <> 'DELETE' THEN 'SELECT settlement, deferred_to, quarter, kind, 1 FROM now_is' END);
BEGIN
  EXECUTE $q$INSERT INTO tally_changes (kind, month, counts_as, cell, currency, deals, amount, squares)
    SELECT 'cases', date '0001-01-01', case_standing(settlement, deferred_to), case_place(quarter, kind), '',
      sum(cases), 0, 0
    FROM ($q$ || moves || $q$) AS m (settlement, deferred_to, quarter, kind, cases)
    GROUP BY 3, 4 HAVING sum(cases) <> 0$q$;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER e_tally_added AFTER INSERT ON exceptions REFERENCING NEW TABLE AS now_is
  FOR EACH STATEMENT EXECUTE FUNCTION tally_cases();
--> statement-breakpoint
CREATE TRIGGER e_tally_changed AFTER UPDATE ON exceptions REFERENCING OLD TABLE AS was NEW TABLE AS now_is
  FOR EACH STATEMENT EXECUTE FUNCTION tally_cases();
--> statement-breakpoint
CREATE TRIGGER e_tally_gone AFTER DELETE ON exceptions REFERENCING OLD TABLE AS was
  FOR EACH STATEMENT EXECUTE FUNCTION tally_cases();
--> statement-breakpoint
CREATE FUNCTION refuse_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT FROM exceptions WHERE id = OLD.exception_id AND NOT demo) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'CS102';
END $$;
--> statement-breakpoint
CREATE TRIGGER b_append_only BEFORE UPDATE OR DELETE ON exception_notes FOR EACH ROW WHEN (NOT erasing()) EXECUTE FUNCTION refuse_note_change();
--> statement-breakpoint
-- ──── Frozen quarters ───────────────────────────────────────────────────────────────────────────
-- Finance freezes in person a quarter that is over, that another person prepared, with a review that was held,
-- costs that were entered or said to be none, a deal that closed, and no exception left undecided.
CREATE FUNCTION guard_seal() RETURNS trigger LANGUAGE plpgsql AS $$
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
  -- A day of grace: east of Greenwich the quarter is over first. The company's own day is asked at the door.
  IF NEW.to_day > utc_day() THEN
    RAISE EXCEPTION '% is not over: it ends on %', NEW.quarter, NEW.to_day USING ERRCODE = 'CS302';
  END IF;
  IF NEW.prepared_by IS NULL OR NEW.prepared_by = NEW.sealed_by
    OR NOT EXISTS (SELECT FROM freeze_preparations WHERE quarter = NEW.quarter AND prepared_by = NEW.prepared_by) THEN
    RAISE EXCEPTION 'who prepares a freeze does not freeze: one person prepares %, another freezes it', NEW.quarter
      USING ERRCODE = 'CS302';
  END IF;
  IF (sealer.demo OR EXISTS (SELECT FROM users WHERE id = NEW.prepared_by AND demo))
    AND EXISTS (SELECT FROM deals WHERE closed_on BETWEEN NEW.from_day AND NEW.to_day AND NOT demo) THEN
    RAISE EXCEPTION 'people of the demo prepare and freeze what is the demo''s own, and nothing real' USING ERRCODE = 'CS302';
  END IF;
  IF NOT EXISTS (SELECT FROM policies WHERE period IS NOT NULL) THEN
    RAISE EXCEPTION 'no policy is signed: the numbers of % would be a draft''s', NEW.quarter USING ERRCODE = 'CS302';
  END IF;
  IF NOT EXISTS (SELECT FROM reviews WHERE quarter = NEW.quarter AND trim(minutes) <> '') THEN
    RAISE EXCEPTION 'the review of % was not held: it has no minutes', NEW.quarter USING ERRCODE = 'CS302';
  END IF;
  IF EXISTS (
    SELECT FROM (VALUES ('partner_program', 'headcount'), ('partner_program', 'technology'),
      ('partner_program', 'incentives'), ('partner_program', 'travel'), ('direct_sales', 'any')) AS asked (side, category)
    WHERE NOT EXISTS (SELECT FROM costs c WHERE c.quarter = NEW.quarter AND c.side::text = asked.side
        AND (asked.category = 'any' OR lower(trim(c.category)) = asked.category))
      AND NOT EXISTS (SELECT FROM cost_nones n WHERE n.quarter = NEW.quarter AND n.side::text = asked.side
        AND n.category = asked.category)
  ) THEN
    RAISE EXCEPTION 'a cost category of % is neither entered nor said to be none', NEW.quarter USING ERRCODE = 'CS302';
  END IF;
  IF NEW.closed < 1 THEN
    RAISE EXCEPTION 'no deal closed in %: there is nothing to freeze', NEW.quarter USING ERRCODE = 'CS302';
  END IF;
  SELECT count(*) INTO undecided FROM exceptions
    WHERE quarter = NEW.quarter AND settled_at IS NULL AND deferred_to IS NULL;
  IF undecided > 0 THEN
    RAISE EXCEPTION '% exception(s) of % are neither decided nor deferred with an owner and a day', undecided, NEW.quarter
      USING ERRCODE = 'CS302';
  END IF;
  NEW.sealed_by_name := sealer.name;
  NEW.sealed_at := now();
  NEW.sealed_in := pg_current_xact_id()::text;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE INSERT ON sealed_quarters FOR EACH ROW EXECUTE FUNCTION guard_seal();
--> statement-breakpoint
-- Deals are sealed in the transaction that seals their quarter, and never added to it after.
CREATE FUNCTION guard_sealed_deal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM sealed_quarters WHERE quarter = NEW.quarter AND sealed_in = pg_current_xact_id()::text
  ) THEN
    RAISE EXCEPTION '% is frozen: no deal is added to a seal', NEW.quarter USING ERRCODE = 'CS302';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE INSERT ON sealed_deals FOR EACH ROW EXECUTE FUNCTION guard_sealed_deal();
--> statement-breakpoint
-- By the end of the transaction a seal holds as many deals as it says, and one of the demo story holds nothing real.
CREATE FUNCTION guard_seal_complete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT (count(*), count(*) FILTER (WHERE closed_on BETWEEN NEW.from_day AND NEW.to_day))
    FROM sealed_deals WHERE quarter = NEW.quarter) <> (NEW.deals::bigint, NEW.closed::bigint) THEN
    RAISE EXCEPTION 'the seal of % does not hold the deals it names', NEW.quarter USING ERRCODE = 'CS302';
  END IF;
  IF NEW.demo AND EXISTS (SELECT FROM sealed_deals s JOIN deals d ON d.id = s.deal_id
    WHERE s.quarter = NEW.quarter AND NOT d.demo) THEN
    RAISE EXCEPTION 'the seal of % holds a real deal: it is no part of the demo story', NEW.quarter USING ERRCODE = 'CS302';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER d_complete AFTER INSERT ON sealed_quarters
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_seal_complete();
--> statement-breakpoint
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
DO $$
DECLARE
  guarded regclass;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['sealed_quarters', 'sealed_deals']::regclass[] LOOP
    EXECUTE format('CREATE TRIGGER b_frozen BEFORE UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION refuse_unless_demo_seal()', guarded);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER b_frozen', guarded);
  END LOOP;
END $$;
--> statement-breakpoint
-- A restatement is accepted by another person than proposed it, one of the two of finance, into a quarter that is not
-- frozen; what it said and what ended it stay.
CREATE FUNCTION guard_restatement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  second users%ROWTYPE;
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF NOT OLD.demo THEN
      RAISE EXCEPTION 'a restatement stays on record' USING ERRCODE = 'CS302';
    END IF;
    RETURN OLD;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.accepted_at IS NOT NULL OR NEW.declined_on IS NOT NULL
      OR current_setting('countersign.actor', true) IS DISTINCT FROM 'user:' || NEW.proposed_by THEN
      RAISE EXCEPTION 'a restatement is proposed in person, and waits for another' USING ERRCODE = 'CS302';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.accepted_at IS NOT NULL OR OLD.declined_on IS NOT NULL OR
    (NEW.id, NEW.quarter, NEW.deal_id, NEW.kind, NEW.document, NEW.reason, NEW.proposed_by, NEW.by_finance, NEW.proposed_on)
    IS DISTINCT FROM
    (OLD.id, OLD.quarter, OLD.deal_id, OLD.kind, OLD.document, OLD.reason, OLD.proposed_by, OLD.by_finance, OLD.proposed_on) THEN
    RAISE EXCEPTION 'what a restatement says, and what ended it, stays' USING ERRCODE = 'CS302';
  END IF;
  SELECT * INTO second FROM users WHERE id = coalesce(NEW.accepted_by, NEW.declined_by);
  IF current_setting('countersign.actor', true) IS DISTINCT FROM 'user:' || second.id THEN
    RAISE EXCEPTION 'nobody answers for somebody else' USING ERRCODE = 'CS302';
  END IF;
  IF NEW.accepted_by IS NOT NULL THEN
    IF NEW.accepted_by = NEW.proposed_by OR NOT (NEW.by_finance OR second.role = 'finance') THEN
      RAISE EXCEPTION 'two accept a restatement, one of them of finance' USING ERRCODE = 'CS302';
    END IF;
    IF EXISTS (SELECT FROM sealed_quarters WHERE quarter = NEW.journal) THEN
      RAISE EXCEPTION '% is frozen: its journal is closed', NEW.journal USING ERRCODE = 'CS302';
    END IF;
    NEW.accepted_at := now();
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE INSERT OR UPDATE OR DELETE ON restatements FOR EACH ROW WHEN (NOT erasing()) EXECUTE FUNCTION guard_restatement();
--> statement-breakpoint
-- An auditor's sample stays as it was drawn. Its deals are ticked in person by auditors until another one, who had no
-- hand in it, signs off; from then on nothing of it changes.
CREATE FUNCTION guard_sample() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  hand text;
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF NOT OLD.demo THEN
      RAISE EXCEPTION 'a sample stays on record' USING ERRCODE = 'CS302';
    END IF;
    RETURN OLD;
  END IF;
  IF TG_OP = 'INSERT' THEN
    hand := NEW.drawn_by;
    NEW.drawn_at := now();
    IF NEW.signed_off_by IS NOT NULL THEN
      RAISE EXCEPTION 'a sample is drawn before it is signed off' USING ERRCODE = 'CS302';
    END IF;
  ELSE
    hand := NEW.signed_off_by;
    IF OLD.signed_off_by IS NOT NULL OR
      (NEW.id, NEW.quarter, NEW.digest, NEW.method, NEW.seed, NEW.size, NEW.drawn_by, NEW.drawn_by_name, NEW.drawn_at, NEW.demo)
      IS DISTINCT FROM
      (OLD.id, OLD.quarter, OLD.digest, OLD.method, OLD.seed, OLD.size, OLD.drawn_by, OLD.drawn_by_name, OLD.drawn_at, OLD.demo) THEN
      RAISE EXCEPTION 'a sample stays as it was drawn, and as it was signed off' USING ERRCODE = 'CS302';
    END IF;
    IF EXISTS (SELECT FROM sampled_deals WHERE sample_id = NEW.id AND verdict IS NULL) THEN
      RAISE EXCEPTION 'a deal of the sample is not looked at yet' USING ERRCODE = 'CS302';
    END IF;
    IF EXISTS (SELECT FROM sampled_deals WHERE sample_id = NEW.id AND ticked_by = NEW.signed_off_by) THEN
      RAISE EXCEPTION 'who ticked a sample does not sign it off' USING ERRCODE = 'CS302';
    END IF;
    NEW.signed_off_at := now();
  END IF;
  IF current_setting('countersign.actor', true) IS DISTINCT FROM 'user:' || hand
    OR NOT EXISTS (SELECT FROM users WHERE id = hand AND role = 'auditor') THEN
    RAISE EXCEPTION 'an auditor draws and signs off a sample in person' USING ERRCODE = 'CS302';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE INSERT OR UPDATE OR DELETE ON audit_samples FOR EACH ROW EXECUTE FUNCTION guard_sample();
--> statement-breakpoint
CREATE FUNCTION guard_sampled_deal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  sample audit_samples%ROWTYPE;
BEGIN
  SELECT * INTO sample FROM audit_samples WHERE id = coalesce(NEW.sample_id, OLD.sample_id);
  IF TG_OP = 'DELETE' THEN
    IF FOUND AND NOT sample.demo THEN
      RAISE EXCEPTION 'a sample stays on record' USING ERRCODE = 'CS302';
    END IF;
    RETURN OLD;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF sample.drawn_at <> now() OR NEW.verdict IS NOT NULL THEN
      RAISE EXCEPTION 'no deal is added to a sample that was drawn' USING ERRCODE = 'CS302';
    END IF;
    IF NOT EXISTS (SELECT FROM sealed_deals d JOIN sealed_quarters q USING (quarter)
      WHERE d.quarter = sample.quarter AND d.deal_id = NEW.deal_id AND d.closed_on BETWEEN q.from_day AND q.to_day) THEN
      RAISE EXCEPTION '% is no closed deal of the seal of %', NEW.deal_id, sample.quarter USING ERRCODE = 'CS302';
    END IF;
    RETURN NEW;
  END IF;
  IF sample.signed_off_by IS NOT NULL THEN
    RAISE EXCEPTION 'this sample is signed off: no deal of it is ticked any more' USING ERRCODE = 'CS302';
  END IF;
  IF (NEW.sample_id, NEW.deal_id, NEW.place) IS DISTINCT FROM (OLD.sample_id, OLD.deal_id, OLD.place) OR NEW.verdict IS NULL THEN
    RAISE EXCEPTION 'a sample stays as it was drawn, and what was looked at stays looked at' USING ERRCODE = 'CS302';
  END IF;
  IF current_setting('countersign.actor', true) IS DISTINCT FROM 'user:' || NEW.ticked_by
    OR NOT EXISTS (SELECT FROM users WHERE id = NEW.ticked_by AND role = 'auditor') THEN
    RAISE EXCEPTION 'an auditor ticks a sampled deal in person' USING ERRCODE = 'CS302';
  END IF;
  NEW.ticked_at := now();
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE INSERT OR UPDATE OR DELETE ON sampled_deals FOR EACH ROW EXECUTE FUNCTION guard_sampled_deal();
--> statement-breakpoint
-- The log of a frozen quarter is closed: what was put off is carried over as it is frozen, and what comes later
-- goes to the quarter under review.
CREATE FUNCTION refuse_in_frozen_log() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  frozen text;
BEGIN
  IF TG_TABLE_NAME = 'exceptions' THEN
    SELECT quarter INTO frozen FROM sealed_quarters
      WHERE quarter = NEW.quarter OR (TG_OP = 'UPDATE' AND quarter = OLD.quarter) LIMIT 1;
  ELSE
    SELECT s.quarter INTO frozen FROM sealed_quarters s JOIN exceptions e ON e.quarter = s.quarter
      WHERE e.id = NEW.exception_id;
  END IF;
  IF frozen IS NOT NULL THEN
    RAISE EXCEPTION '% is frozen: its log is closed, and a new case goes to the quarter under review', frozen
      USING ERRCODE = 'CS302';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER d_frozen BEFORE INSERT OR UPDATE ON exceptions FOR EACH ROW WHEN (NOT erasing()) EXECUTE FUNCTION refuse_in_frozen_log();
--> statement-breakpoint
CREATE TRIGGER d_frozen BEFORE INSERT OR UPDATE ON exception_votes FOR EACH ROW WHEN (NOT erasing()) EXECUTE FUNCTION refuse_in_frozen_log();
--> statement-breakpoint
CREATE TRIGGER d_frozen BEFORE INSERT ON exception_notes FOR EACH ROW EXECUTE FUNCTION refuse_in_frozen_log();
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
CREATE TRIGGER c_guard BEFORE UPDATE ON reviews FOR EACH ROW WHEN (NOT erasing()) EXECUTE FUNCTION guard_review();
--> statement-breakpoint
-- Another fiscal year or reporting currency would give a frozen quarter's label other days or other money.
CREATE FUNCTION guard_calendar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.fiscal_first_month, NEW.fiscal_named_by, NEW.fiscal_ends_on, NEW.reporting_currency)
    IS DISTINCT FROM (OLD.fiscal_first_month, OLD.fiscal_named_by, OLD.fiscal_ends_on, OLD.reporting_currency)
    AND EXISTS (SELECT FROM sealed_quarters) THEN
    RAISE EXCEPTION 'a quarter is frozen: the fiscal year and the reporting currency stay as they are' USING ERRCODE = 'CS302';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE UPDATE ON settings FOR EACH ROW EXECUTE FUNCTION guard_calendar();
--> statement-breakpoint
-- Nothing closes any more on a day of a frozen quarter, whoever asks, but what its seal holds as closed in it. A freeze
-- holds the deals still (lib/commands/review/load.ts): a close that races it waits here, and then sees the seal.
CREATE FUNCTION frozen_without(deal text, day date) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT q.quarter FROM sealed_quarters q
    WHERE day BETWEEN q.from_day AND q.to_day AND NOT EXISTS (
      SELECT FROM sealed_deals s WHERE s.quarter = q.quarter AND s.deal_id = deal
        AND s.closed_on BETWEEN q.from_day AND q.to_day)
    LIMIT 1
$$;
--> statement-breakpoint
CREATE FUNCTION refuse_frozen_close() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  frozen text;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT f INTO frozen FROM entered e, frozen_without(e.id, e.closed_on) f
      WHERE e.closed_on BETWEEN (SELECT min(from_day) FROM sealed_quarters) AND (SELECT max(to_day) FROM sealed_quarters)
        AND f IS NOT NULL LIMIT 1;
  ELSE
    frozen := frozen_without(NEW.id, NEW.closed_on);
  END IF;
  IF frozen IS NOT NULL THEN
    RAISE EXCEPTION '% is frozen: no deal closes in it any more', frozen
      USING ERRCODE = 'CS302', TABLE = 'deals', COLUMN = 'closed_on';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER d_frozen_close AFTER INSERT ON deals REFERENCING NEW TABLE AS entered
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_frozen_close();
--> statement-breakpoint
CREATE TRIGGER d_frozen_move BEFORE UPDATE OF closed_on ON deals FOR EACH ROW
  WHEN (NEW.closed_on IS NOT NULL AND NEW.closed_on IS DISTINCT FROM OLD.closed_on) EXECUTE FUNCTION refuse_frozen_close();
--> statement-breakpoint
-- ──── Files ─────────────────────────────────────────────────────────────────────────────────────
-- What a file was stays said, and one that has landed brings no more rows. Somebody from finance or partnerships
-- accepts it in person, by its digest, once; never who brought it (a constraint).
CREATE FUNCTION guard_import() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  second users%ROWTYPE;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.accepted_on IS NOT NULL OR NEW.taken_back_at IS NOT NULL
      OR NEW.imported_by IS DISTINCT FROM current_setting('countersign.actor', true) THEN
      RAISE EXCEPTION 'a file is brought in person, before anybody answers for it' USING ERRCODE = 'CS107';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.kind, NEW.file_name, NEW.sha256, NEW.bytes, NEW.source, NEW.imported_by, NEW.connection_id, NEW.at)
    IS DISTINCT FROM (OLD.id, OLD.kind, OLD.file_name, OLD.sha256, OLD.bytes, OLD.source, OLD.imported_by, OLD.connection_id, OLD.at) THEN
    RAISE EXCEPTION 'what a file was stays said' USING ERRCODE = 'CS107';
  END IF;
  IF OLD.finished_at IS NOT NULL
    AND (NEW.read, NEW.created, NEW.updated, NEW.unchanged, NEW.refused, NEW.unmapped, NEW.finished_at)
      IS DISTINCT FROM (OLD.read, OLD.created, OLD.updated, OLD.unchanged, OLD.refused, OLD.unmapped, OLD.finished_at) THEN
    RAISE EXCEPTION 'the file has landed: it brings no more rows' USING ERRCODE = 'CS107';
  END IF;
  IF OLD.accepted_on IS NOT NULL OR OLD.taken_back_at IS NOT NULL THEN
    RAISE EXCEPTION 'that a file was accepted or taken back stays said' USING ERRCODE = 'CS107';
  END IF;
  IF NEW.accepted_by IS NOT NULL THEN
    SELECT * INTO second FROM users WHERE id = NEW.accepted_by;
    IF current_setting('countersign.actor', true) IS DISTINCT FROM 'user:' || second.id
      OR second.role NOT IN ('finance', 'head_of_partnerships') OR second.disabled_at IS NOT NULL THEN
      RAISE EXCEPTION 'somebody from finance or partnerships accepts a file, in person' USING ERRCODE = 'CS107';
    END IF;
    IF NEW.sha256 IS NULL OR NEW.finished_at IS NULL OR NEW.connection_id IS NOT NULL THEN
      RAISE EXCEPTION 'a file is accepted by its digest, once it has landed to its end' USING ERRCODE = 'CS107';
    END IF;
  END IF;
  IF NEW.taken_back_by IS DISTINCT FROM OLD.taken_back_by
    AND NEW.taken_back_by IS DISTINCT FROM current_setting('countersign.actor', true) THEN
    RAISE EXCEPTION 'a file is taken back in person' USING ERRCODE = 'CS107';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE INSERT OR UPDATE ON imports FOR EACH ROW WHEN (NOT erasing()) EXECUTE FUNCTION guard_import();
--> statement-breakpoint
-- ──── Connections ───────────────────────────────────────────────────────────────────────────────
-- What a connection is stays said; finance accepts it as a witness, or takes that back, in person.
CREATE FUNCTION guard_connection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.id, NEW.system, NEW.created_by) IS DISTINCT FROM (OLD.id, OLD.system, OLD.created_by) THEN
    RAISE EXCEPTION 'what a connection is stays said' USING ERRCODE = 'CS107';
  END IF;
  IF (TG_OP = 'INSERT' AND NEW.accepted_by IS NOT NULL)
    OR (TG_OP = 'UPDATE' AND (NEW.accepted_on, NEW.accepted_by) IS DISTINCT FROM (OLD.accepted_on, OLD.accepted_by)
      -- Another address or other secrets may be another witness: whoever edits them takes the word of finance from it.
      AND NOT (NEW.accepted_by IS NULL AND (NEW.address, NEW.sealed) IS DISTINCT FROM (OLD.address, OLD.sealed))
      AND NOT EXISTS (SELECT FROM users u WHERE 'user:' || u.id = current_setting('countersign.actor', true)
        AND u.role = 'finance' AND u.disabled_at IS NULL AND u.id = coalesce(NEW.accepted_by, u.id))) THEN
    RAISE EXCEPTION 'finance accepts a connection as a witness, in person' USING ERRCODE = 'CS107';
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.address IS DISTINCT FROM OLD.address AND NEW.accepted_by IS NOT NULL THEN
    RAISE EXCEPTION 'another address is another witness: finance accepts it anew' USING ERRCODE = 'CS107';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE INSERT OR UPDATE ON connections FOR EACH ROW EXECUTE FUNCTION guard_connection();
--> statement-breakpoint
-- ──── The month ─────────────────────────────────────────────────────────────────────────────────
-- Finance locks a month, in person. What somebody decided about a deal is theirs, and stays once its month is locked;
-- with the deal it goes.
CREATE FUNCTION guard_locked_month() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('countersign.actor', true) IS DISTINCT FROM 'user:' || NEW.locked_by
    OR NOT EXISTS (SELECT FROM users WHERE id = NEW.locked_by AND role = 'finance' AND disabled_at IS NULL) THEN
    RAISE EXCEPTION 'finance locks a month, in person' USING ERRCODE = 'CS108';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE INSERT OR UPDATE ON locked_months FOR EACH ROW EXECUTE FUNCTION guard_locked_month();
--> statement-breakpoint
CREATE FUNCTION guard_reconciled_deal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  locked text;
BEGIN
  SELECT m.month INTO locked FROM deals d JOIN locked_months m ON m.month = to_char(d.closed_on, 'YYYY-MM')
    WHERE d.id = CASE TG_OP WHEN 'DELETE' THEN OLD.deal_id ELSE NEW.deal_id END;
  IF locked IS NOT NULL THEN
    RAISE EXCEPTION 'the month % is locked: what was decided in it stays', locked USING ERRCODE = 'CS108';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  IF current_setting('countersign.actor', true) IS DISTINCT FROM 'user:' || NEW.decided_by THEN
    RAISE EXCEPTION 'a deal is decided in person' USING ERRCODE = 'CS108';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE INSERT OR UPDATE OR DELETE ON reconciled_deals FOR EACH ROW WHEN (NOT erasing()) EXECUTE FUNCTION guard_reconciled_deal();
--> statement-breakpoint
-- ──── The forecast ──────────────────────────────────────────────────────────────────────────────
-- A week stays as it was taken, and its signature with it; what the demo story brought goes with the story.
CREATE FUNCTION refuse_unless_demo_week() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT FROM forecast_snapshots WHERE week = OLD.week AND NOT demo) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the forecast of the week of % was taken: it stays as it was', OLD.week USING ERRCODE = 'CS109';
END $$;
--> statement-breakpoint
DO $$
DECLARE
  guarded regclass;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['forecast_snapshots', 'forecast_signatures']::regclass[] LOOP
    EXECUTE format('CREATE TRIGGER b_no_truncate BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER b_no_truncate', guarded);
    EXECUTE format('CREATE TRIGGER b_taken BEFORE UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION refuse_unless_demo_week()', guarded);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER b_taken', guarded);
  END LOOP;
END $$;
--> statement-breakpoint
-- Finance signs a week, in person, over the digest that it has.
CREATE FUNCTION guard_forecast_signature() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('countersign.actor', true) IS DISTINCT FROM 'user:' || NEW.user_id
    OR NOT EXISTS (SELECT FROM users WHERE id = NEW.user_id AND role = 'finance' AND disabled_at IS NULL) THEN
    RAISE EXCEPTION 'finance signs a forecast, in person' USING ERRCODE = 'CS109';
  END IF;
  IF NOT EXISTS (SELECT FROM forecast_snapshots WHERE week = NEW.week AND digest = NEW.digest) THEN
    RAISE EXCEPTION 'a forecast is signed over the digest of its week' USING ERRCODE = 'CS109';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE INSERT ON forecast_signatures FOR EACH ROW EXECUTE FUNCTION guard_forecast_signature();
--> statement-breakpoint
-- ──── Compensation ──────────────────────────────────────────────────────────────────────────────
-- A plan stays as it was drafted, and is withdrawn before three people signed it; the demo story's goes with the story.
CREATE FUNCTION guard_compensation_plan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.demo THEN
      RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a compensation plan is withdrawn, not deleted' USING ERRCODE = 'CS110';
  END IF;
  IF (NEW.id, NEW.title, NEW.canonical, NEW.hash, NEW.drafted_by, NEW.drafted_at, NEW.demo)
    IS DISTINCT FROM (OLD.id, OLD.title, OLD.canonical, OLD.hash, OLD.drafted_by, OLD.drafted_at, OLD.demo)
    OR OLD.withdrawn_at IS NOT NULL
    OR (SELECT count(*) FROM compensation_signatures WHERE plan_id = OLD.id) >= 3 THEN
    RAISE EXCEPTION 'a compensation plan stays as it was drafted, and is withdrawn before three people signed it' USING ERRCODE = 'CS110';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE UPDATE OR DELETE ON compensation_plans FOR EACH ROW EXECUTE FUNCTION guard_compensation_plan();
--> statement-breakpoint
CREATE FUNCTION why_not_signed(plan compensation_plans) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN plan.withdrawn_at IS NOT NULL THEN 'this plan was withdrawn'
    WHEN NOT EXISTS (SELECT FROM policies WHERE period IS NOT NULL) THEN 'compensation is signed after the policy'
  END
$$;
--> statement-breakpoint
-- Finance pays, in person, by a plan that three people signed, out of a frozen quarter, one run after the other.
CREATE FUNCTION guard_compensation_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('countersign.actor', true) IS DISTINCT FROM 'user:' || NEW.paid_by
    OR NOT EXISTS (SELECT FROM users WHERE id = NEW.paid_by AND role = 'finance' AND disabled_at IS NULL) THEN
    RAISE EXCEPTION 'finance pays, in person' USING ERRCODE = 'CS110';
  ELSIF (SELECT count(*) FROM compensation_signatures WHERE plan_id = NEW.plan_id) < 3 THEN
    RAISE EXCEPTION 'nothing is paid by a plan that three people have not signed' USING ERRCODE = 'CS110';
  ELSIF NOT EXISTS (SELECT FROM sealed_quarters WHERE quarter = NEW.quarter) THEN
    RAISE EXCEPTION '% is not frozen: paid is what is sealed', NEW.quarter USING ERRCODE = 'CS110';
  ELSIF NEW.run <> 1 + (SELECT count(*) FROM compensation_payments WHERE plan_id = NEW.plan_id AND quarter = NEW.quarter) THEN
    RAISE EXCEPTION 'runs follow each other' USING ERRCODE = 'CS110';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE INSERT ON compensation_payments FOR EACH ROW EXECUTE FUNCTION guard_compensation_payment();
--> statement-breakpoint
-- ──── Documents that three people sign ──────────────────────────────────────────────────────────
-- One guard over the signatures of a policy and of a compensation plan, whose tables each name why they are not
-- signed as they stand. Its arguments: the documents' table, and the signature's column with the document's id.
-- Three seats, three people, one text; the signer is who acts in this transaction, under their own name, now.
CREATE FUNCTION guard_signature() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  id text := to_jsonb(NEW) ->> TG_ARGV[1];
  signer users%ROWTYPE;
  document record;
  given record;
BEGIN
  -- The lock first: what is read after it is what stands.
  EXECUTE format('SELECT FROM %I WHERE id = $1 FOR UPDATE', TG_ARGV[0]) USING id;
  EXECUTE format('SELECT hash, demo, why_not_signed(d) AS refused FROM %I d WHERE d.id = $1', TG_ARGV[0]) INTO document USING id;
  EXECUTE format('SELECT count(*) AS seats, coalesce(bool_or(user_id = $2), false) AS person,
    coalesce(bool_or(seat = $3), false) AS seat FROM %I WHERE %I = $1', TG_TABLE_NAME, TG_ARGV[1])
    INTO given USING id, NEW.user_id, NEW.seat;
  SELECT * INTO signer FROM users WHERE users.id = NEW.user_id;
  IF document.refused IS NOT NULL THEN
    RAISE EXCEPTION '%', document.refused USING ERRCODE = 'CS202';
  ELSIF given.seats >= 3 THEN
    RAISE EXCEPTION 'all three seats have signed: there is no fourth signature' USING ERRCODE = 'CS202';
  ELSIF NEW.hash IS DISTINCT FROM document.hash THEN
    RAISE EXCEPTION 'this is not the text that stands here to be signed: its hash differs' USING ERRCODE = 'CS202';
  ELSIF given.person THEN
    RAISE EXCEPTION '% has signed already: one person, one seat', signer.name USING ERRCODE = 'CS202';
  ELSIF given.seat THEN
    RAISE EXCEPTION 'this seat has signed already' USING ERRCODE = 'CS202';
  ELSIF signer.role::text <> NEW.seat::text OR signer.disabled_at IS NOT NULL THEN
    RAISE EXCEPTION '% does not hold this seat', signer.name USING ERRCODE = 'CS202';
  ELSIF current_setting('countersign.actor', true) IS DISTINCT FROM 'user:' || NEW.user_id THEN
    RAISE EXCEPTION 'nobody signs for somebody else: % signs in person', signer.name USING ERRCODE = 'CS202';
  ELSIF signer.demo AND NOT document.demo THEN
    RAISE EXCEPTION 'people of the demo sign what is the demo''s own' USING ERRCODE = 'CS202';
  ELSIF NEW.method = 'password' AND NOT signer.demo AND NOT signer.password_own THEN
    RAISE EXCEPTION '% has no password that nobody else could know', signer.name USING ERRCODE = 'CS202';
  ELSIF NEW.method = 'passkey' AND NOT (EXISTS (SELECT FROM passkeys k WHERE k.user_id = NEW.user_id AND k.own)
    AND EXISTS (SELECT FROM challenges c WHERE c.user_id = NEW.user_id AND c.purpose = 'sign' AND c.used_at > now() - interval '1 minute')) THEN
    RAISE EXCEPTION '% was asked for no signature by a passkey of their own', signer.name USING ERRCODE = 'CS202';
  END IF;
  NEW.name := signer.name;
  NEW.signed_at := now();
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE INSERT ON signatures FOR EACH ROW EXECUTE FUNCTION guard_signature('policies', 'policy_id');
--> statement-breakpoint
CREATE TRIGGER c_guard BEFORE INSERT ON compensation_signatures FOR EACH ROW EXECUTE FUNCTION guard_signature('compensation_plans', 'plan_id');
--> statement-breakpoint
-- What was signed, declined or paid stays, unless it is of a document of the demo story. The same arguments.
CREATE FUNCTION refuse_unless_demo_document() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  is_real boolean;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE id = $1 AND NOT demo)', TG_ARGV[0])
    INTO is_real USING to_jsonb(OLD) ->> TG_ARGV[1];
  IF TG_OP = 'DELETE' AND NOT is_real THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'CS102';
END $$;
--> statement-breakpoint
DO $$
DECLARE
  kept record;
BEGIN
  FOR kept IN SELECT * FROM (VALUES
    ('signatures', 'policies', 'policy_id'), ('policy_declines', 'policies', 'policy_id'),
    ('compensation_signatures', 'compensation_plans', 'plan_id'), ('compensation_payments', 'compensation_plans', 'plan_id')
  ) AS of(rows, documents, key) LOOP
    EXECUTE format('CREATE TRIGGER b_append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_unless_demo_document(%L, %L)', kept.rows, kept.documents, kept.key);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER b_append_only', kept.rows);
  END LOOP;
END $$;
--> statement-breakpoint
-- ──── Webhooks ──────────────────────────────────────────────────────────────────────────────────
-- What other systems are told of is written here, in the transaction of what it tells of, whoever writes that: verbs,
-- judging, imports, undo. Without an endpoint that wants an event nothing is written.
CREATE FUNCTION tell_webhooks(told webhook_event, about jsonb) RETURNS void LANGUAGE sql AS $$
  INSERT INTO webhook_deliveries (id, endpoint_id, event, message_id, body)
  SELECT gen_random_uuid()::text, e.id, told, m.id, jsonb_build_object(
    'type', told, 'timestamp', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'data', about)::text
  FROM webhook_endpoints e, (SELECT 'msg_' || replace(gen_random_uuid()::text, '-', '') AS id) m
  WHERE told = ANY (e.events)
$$;
--> statement-breakpoint
CREATE FUNCTION tell_outcome() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Judging everything asks a million times: where nobody listens nothing is put into words.
  IF NOT EXISTS (SELECT FROM webhook_endpoints WHERE 'outcome.changed' = ANY (events)) THEN
    RETURN NULL;
  END IF;
  PERFORM tell_webhooks('outcome.changed', jsonb_build_object(
    'dealId', NEW.deal_id, 'account', NEW.account, 'amount', NEW.amount, 'currency', NEW.currency, 'state', NEW.state,
    'outcome', NEW.outcome, 'evidence', NEW.evidence, 'disputed', NEW.disputed, 'partnerIds', to_jsonb(NEW.partner_ids),
    'before', CASE WHEN TG_OP = 'UPDATE' THEN jsonb_build_object('outcome', OLD.outcome, 'evidence', OLD.evidence) END));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER e_tell_new AFTER INSERT ON judged_deals FOR EACH ROW WHEN (NEW.outcome <> 'none') EXECUTE FUNCTION tell_outcome();
--> statement-breakpoint
CREATE TRIGGER e_tell AFTER UPDATE ON judged_deals FOR EACH ROW
  WHEN (OLD.outcome <> NEW.outcome OR OLD.evidence IS DISTINCT FROM NEW.evidence) EXECUTE FUNCTION tell_outcome();
--> statement-breakpoint
CREATE FUNCTION tell_exception() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_webhooks(CASE WHEN TG_OP = 'INSERT' THEN 'exception.raised' ELSE 'exception.settled' END::webhook_event,
    jsonb_build_object('exceptionId', NEW.id, 'dealId', NEW.deal_id, 'quarter', NEW.quarter, 'kind', NEW.kind,
      'origin', NEW.origin, 'partnerId', NEW.partner_id, 'amount', NEW.amount, 'currency', NEW.currency,
      'settlement', NEW.settlement, 'settledOn', NEW.settled_on));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER e_tell_new AFTER INSERT ON exceptions FOR EACH ROW EXECUTE FUNCTION tell_exception();
--> statement-breakpoint
CREATE TRIGGER e_tell AFTER UPDATE ON exceptions FOR EACH ROW
  WHEN (OLD.settlement IS NULL AND NEW.settlement IS NOT NULL) EXECUTE FUNCTION tell_exception();
--> statement-breakpoint
CREATE FUNCTION tell_freeze() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_webhooks('quarter.frozen', jsonb_build_object('quarter', NEW.quarter, 'from', NEW.from_day, 'to', NEW.to_day,
    'deals', NEW.deals, 'closed', NEW.closed, 'sealedBy', NEW.sealed_by_name));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER e_tell AFTER INSERT ON sealed_quarters FOR EACH ROW EXECUTE FUNCTION tell_freeze();
--> statement-breakpoint
CREATE FUNCTION tell_policy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_webhooks('policy.activated', jsonb_build_object('policyId', NEW.id, 'title', NEW.title, 'hash', NEW.hash,
    'activeFrom', lower(NEW.period)));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER e_tell AFTER UPDATE ON policies FOR EACH ROW
  WHEN (OLD.period IS NULL AND NEW.period IS NOT NULL) EXECUTE FUNCTION tell_policy();
--> statement-breakpoint
CREATE FUNCTION tell_registration() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_webhooks('registration.decided', jsonb_build_object('registrationId', NEW.id, 'dealId', NEW.deal_id,
    'partnerId', NEW.partner_id, 'status', NEW.status, 'decidedOn', NEW.decided_on, 'reason', NEW.reason));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER e_tell AFTER UPDATE ON registrations FOR EACH ROW
  WHEN (OLD.status <> NEW.status AND NEW.status <> 'pending') EXECUTE FUNCTION tell_registration();
--> statement-breakpoint
-- ──── What is kept of people ────────────────────────────────────────────────────────────────────
-- What the log says of people lies beside it (lib/audit/apart.ts); the view puts it in its place.
CREATE FUNCTION with_people(side jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN side::text NOT LIKE '%{"apart": "%' OR jsonb_typeof(side) <> 'object' THEN side ELSE (
    SELECT jsonb_object_agg(e.key, CASE WHEN jsonb_typeof(e.value) = 'object' AND e.value ->> 'apart' ~ '^[0-9a-f]{64}$' AND e.value - 'apart' = '{}'
      THEN coalesce((SELECT p.value FROM audit_personal p WHERE p.mark = e.value ->> 'apart'), '"(erased)"') ELSE e.value END)
    FROM jsonb_each(side) e) END
$$;
--> statement-breakpoint
CREATE VIEW audit_entries AS SELECT id, at, actor, action, request, deal_id, subject_kind, subject_id,
  with_people(before) AS before, with_people(after) AS after FROM audit_log;
--> statement-breakpoint
-- It is never changed. It goes by an erasure, or, whence somebody signed in, when that was kept for as long as the company says.
CREATE FUNCTION keep_personal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.field IN ('browser', 'origin') AND current_setting('countersign.actor', true) = 'system:forget-sign-ins'
    AND OLD.at < now() - make_interval(days => (SELECT kept_whence_days FROM settings)) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'what the audit log says of people goes by an erasure alone' USING ERRCODE = 'CS102';
END $$;
--> statement-breakpoint
CREATE TRIGGER b_unchanged BEFORE UPDATE ON audit_personal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER b_by_erasure BEFORE DELETE ON audit_personal FOR EACH ROW WHEN (NOT erasing()) EXECUTE FUNCTION keep_personal();
--> statement-breakpoint
ALTER TABLE audit_personal ENABLE ALWAYS TRIGGER b_unchanged, ENABLE ALWAYS TRIGGER b_by_erasure;
--> statement-breakpoint
-- An erasure and a hold stay said; a hold is lifted once.
CREATE TRIGGER b_append_only BEFORE UPDATE OR DELETE ON erasures FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER b_append_only BEFORE DELETE ON holds FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE FUNCTION guard_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.lifted_at IS NOT NULL
    OR (to_jsonb(NEW) - 'lifted_at' - 'lifted_by') IS DISTINCT FROM (to_jsonb(OLD) - 'lifted_at' - 'lifted_by') THEN
    RAISE EXCEPTION 'a hold stays as it was said, and is lifted once' USING ERRCODE = 'CS102';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER c_once BEFORE UPDATE ON holds FOR EACH ROW EXECUTE FUNCTION guard_hold();
--> statement-breakpoint
-- Where somebody's name stays though they are erased, and why; everywhere else it goes (docs/operations.md, erasure).
CREATE FUNCTION kept_places() RETURNS TABLE (place text, col text, why text) LANGUAGE sql IMMUTABLE AS $$
  VALUES ('sealed_quarters', '*', 'sealed'), ('sealed_deals', '*', 'sealed'), ('restatements', 'document', 'sealed'),
    ('signatures', '*', 'signed'), ('policies', '*', 'signed'), ('compensation_plans', '*', 'signed'), ('compensation_signatures', '*', 'signed'),
    ('compensation_payments', '*', 'signed'), ('forecast_snapshots', '*', 'signed'), ('forecast_signatures', '*', 'signed'),
    ('audit_samples', '*', 'signed'), ('sampled_deals', '*', 'signed'), ('audit_log', '*', 'log'),
    ('partners', 'name', 'company'), ('accounts', 'name', 'company'), ('deals', 'account', 'company'), ('judged_deals', 'account', 'company'),
    ('settings', '*', 'company'), ('erasures', '*', 'none'), ('audit_personal', '*', 'none'),
    ('audit_heads', '*', 'none'), ('audit_keys', '*', 'none'), ('audit_checks', '*', 'none'), ('witnessed_heads', '*', 'none'), ('packed_facts', '*', 'none')
$$;
--> statement-breakpoint
-- What is looked for of a person: names of two words and more wherever they stand, those of one where they stand alone.
-- A name that somebody else has, or a company, is looked for nowhere but in what is the person's own.
CREATE TYPE sought AS (mails text, names text, alone text[], label text, mail text);
--> statement-breakpoint
CREATE FUNCTION escaped(word text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT regexp_replace(word, '([^[:alnum:][:space:]])', '\\\1', 'g')
$$;
--> statement-breakpoint
CREATE FUNCTION sought_of(names text[], mails text[], number bigint) RETURNS sought LANGUAGE sql STABLE AS $$
  SELECT (coalesce('(?<![[:alnum:]._+-])(?:' || (SELECT string_agg(escaped(m), '|') FROM unnest(mails) m) || ')(?![[:alnum:]-]|\.[[:alnum:]])', 'a\A'),
    coalesce('(?<![[:alnum:]])(?:' || (SELECT string_agg(escaped(w), '|') FROM unnest(names) n,
      unnest(ARRAY[n, replace(n, ' ', '%20'), replace(n, ' ', '+'), trim(BOTH '"' FROM to_json(n)::text)]) w WHERE n ~ '[[:space:]]') || ')(?![[:alnum:]])', 'a\A'),
    coalesce((SELECT array_agg(lower(n)) FROM unnest(names) n WHERE n !~ '[[:space:]]'), '{}'),
    'Erased person ' || number, 'erased-' || number || '@erased.invalid')::sought
$$;
--> statement-breakpoint
CREATE FUNCTION without_words(given text, s sought) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN lower(given) = ANY (s.alone) THEN s.label
    ELSE regexp_replace(regexp_replace(given, s.mails, s.mail, 'gi'), s.names, s.label, 'gi') END
$$;
--> statement-breakpoint
CREATE FUNCTION without_words(given jsonb, s sought) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE jsonb_typeof(given)
    WHEN 'string' THEN to_jsonb(without_words(given #>> '{}', s))
    WHEN 'array' THEN (SELECT coalesce(jsonb_agg(without_words(e.value, s) ORDER BY e.at), '[]') FROM jsonb_array_elements(given) WITH ORDINALITY e (value, at))
    WHEN 'object' THEN (SELECT coalesce(jsonb_object_agg(e.key, without_words(e.value, s)), '{}') FROM jsonb_each(given) e)
    ELSE given END
$$;
--> statement-breakpoint
CREATE FUNCTION without_words(given text[], s sought) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(array_agg(without_words(e.value, s) ORDER BY e.at), '{}') FROM unnest(given) WITH ORDINALITY e (value, at)
$$;
--> statement-breakpoint
-- Every column with words in it: no ids, no enums, nothing that is made of others.
CREATE FUNCTION columns_with_words() RETURNS TABLE (place text, col text, type text) LANGUAGE sql STABLE AS $$
  SELECT c.relname::text, a.attname::text, format_type(a.atttypid, NULL)
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_collation l ON l.oid = a.attcollation
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    AND format_type(a.atttypid, NULL) IN ('text', 'jsonb', 'text[]') AND l.collname IS DISTINCT FROM 'C'
$$;
--> statement-breakpoint
-- Takes somebody's words out of every table but what is kept; tells of each how many rows it was.
CREATE FUNCTION erase_words(s sought) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  t record;
  rows bigint;
  any_of_it boolean;
  told jsonb := '{}';
BEGIN
  IF NOT erasing() THEN
    RAISE EXCEPTION 'words of people go by an erasure alone' USING ERRCODE = 'CS102';
  END IF;
  FOR t IN
    SELECT c.place, string_agg(format('%1$I = without_words(%1$I, $1)', c.col), ', ') AS sets,
      string_agg(format('without_words(%1$I, $1) IS DISTINCT FROM %1$I', c.col), ' OR ') AS where_any
    FROM columns_with_words() c
    WHERE NOT EXISTS (SELECT FROM kept_places() k WHERE k.place = c.place AND k.col IN ('*', c.col)) GROUP BY c.place ORDER BY c.place
  LOOP
    -- A table of which nothing is the person's is not written at all.
    EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE %s)', t.place, t.where_any) INTO any_of_it USING s;
    CONTINUE WHEN NOT any_of_it;
    EXECUTE format('UPDATE %I SET %s WHERE %s', t.place, t.sets, t.where_any) USING s;
    GET DIAGNOSTICS rows = ROW_COUNT;
    told := told || jsonb_build_object(t.place, rows);
  END LOOP;
  RETURN told;
END $$;
--> statement-breakpoint
-- In how many rows of what is kept somebody is named.
CREATE FUNCTION kept_words(s sought) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  t record;
  rows bigint;
  told jsonb := '{}';
BEGIN
  FOR t IN
    SELECT c.place, k.why, string_agg(format('without_words(%1$I, $1) IS DISTINCT FROM %1$I', c.col), ' OR ') AS where_any
    FROM columns_with_words() c JOIN kept_places() k ON k.place = c.place AND k.col IN ('*', c.col)
    WHERE k.why <> 'none' GROUP BY c.place, k.why ORDER BY c.place
  LOOP
    EXECUTE format('SELECT count(*) FROM %I WHERE %s', t.place, t.where_any) INTO rows USING s;
    IF rows > 0 THEN told := told || jsonb_build_object(t.place, jsonb_build_object('rows', rows, 'why', t.why)); END IF;
  END LOOP;
  RETURN told;
END $$;
--> statement-breakpoint
-- Whether a file says a word, byte by byte and whatever its case.
CREATE FUNCTION says_one_of(file bytea, words text[]) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT EXISTS (SELECT FROM unnest(words) w WHERE position(lower(encode(convert_to(w, 'UTF8'), 'escape')) IN lower(encode(file, 'escape'))) > 0)
$$;
--> statement-breakpoint
CREATE FUNCTION erased_ids(kind text, person text) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT array_agg(DISTINCT id) FROM (SELECT person AS id UNION ALL
    SELECT o.id FROM partner_contacts c JOIN partner_contacts o ON lower(o.email) = lower(c.email) WHERE kind = 'partner_contact' AND c.id = person) ids
$$;
--> statement-breakpoint
-- What they are called and reached by, now and in the log; without a name that somebody else has, or a company.
CREATE FUNCTION names_of(kind text, them text[], OUT names text[], OUT mails text[]) LANGUAGE sql STABLE AS $$
  WITH known (field, word) AS (
    SELECT f.field, f.word FROM users, LATERAL (VALUES ('name', name), ('name', owner_name), ('email', email)) f (field, word)
      WHERE kind = 'user' AND id = ANY (them)
    UNION SELECT f.field, f.word FROM identities, LATERAL (VALUES ('name', name), ('email', email)) f (field, word)
      WHERE kind = 'user' AND user_id = ANY (them)
    UNION SELECT f.field, f.word FROM partner_contacts, LATERAL (VALUES ('name', name), ('email', email)) f (field, word)
      WHERE kind = 'partner_contact' AND id = ANY (them)
    UNION SELECT CASE field WHEN 'ownerName' THEN 'name' ELSE field END, value #>> '{}' FROM audit_personal
      WHERE about = ANY (SELECT kind || ' ' || u FROM unnest(them) u) AND field IN ('name', 'ownerName', 'email')),
  others (word) AS (
    SELECT lower(name) FROM users WHERE NOT (kind = 'user' AND id = ANY (them))
    UNION SELECT lower(owner_name) FROM users WHERE NOT (kind = 'user' AND id = ANY (them))
    UNION SELECT lower(name) FROM partner_contacts WHERE NOT (kind = 'partner_contact' AND id = ANY (them))
    UNION SELECT lower(name) FROM partners UNION SELECT lower(name) FROM accounts)
  SELECT array_agg(DISTINCT trim(word)) FILTER (WHERE field = 'name' AND lower(word) NOT IN (SELECT o.word FROM others o WHERE o.word IS NOT NULL)),
    array_agg(DISTINCT lower(word)) FILTER (WHERE field = 'email')
  FROM known WHERE length(trim(word)) > 1
$$;
--> statement-breakpoint
-- An erasure: by an admin in person, of somebody who may not sign in, for whom no hold stands (the verb erase-person).
CREATE FUNCTION erase_person(kind text, person text, reason text) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  them text[] := erased_ids(kind, person);
  n text[];
  m text[];
  links text[];
  s sought;
  num bigint;
  files bigint;
  told jsonb;
  gone bigint;
BEGIN
  IF NOT EXISTS (SELECT FROM users WHERE current_setting('countersign.actor', true) = 'user:' || id AND role = 'admin' AND disabled_at IS NULL) THEN
    RAISE EXCEPTION 'an admin erases what is kept of somebody, in person' USING ERRCODE = 'CS402';
  END IF;
  IF kind = 'user' AND NOT EXISTS (SELECT FROM users WHERE id = person AND disabled_at IS NOT NULL AND erased_at IS NULL) THEN
    RAISE EXCEPTION 'somebody who may sign in is not erased, nor anybody twice' USING ERRCODE = 'CS402';
  END IF;
  IF EXISTS (SELECT FROM holds h WHERE h.kind = erase_person.kind AND h.person_id = ANY (them) AND h.lifted_at IS NULL) THEN
    RAISE EXCEPTION 'a hold stands' USING ERRCODE = 'CS402';
  END IF;
  INSERT INTO erasures (kind, person_id, reason, erased_by)
    VALUES (kind, person, reason, substr(current_setting('countersign.actor'), 6)) RETURNING number INTO num;
  PERFORM set_config('countersign.erasing', pg_current_xact_id()::text, true);
  SELECT known.names, known.mails INTO n, m FROM names_of(kind, them) known;
  n := coalesce(n, '{}');
  m := coalesce(m, '{}');
  s := sought_of(n, m, num);
  SELECT coalesce(array_agg(id), '{}') INTO links FROM partner_statements
    WHERE lower(answered_from) = ANY (m) OR lower(answered_by) = ANY (SELECT lower(u) FROM unnest(n) u);
  DELETE FROM audit_personal p WHERE p.about = ANY (SELECT kind || ' ' || u FROM unnest(them) u)
    OR p.about = ANY (SELECT 'partner_statement ' || u FROM unnest(links) u)
    OR p.about IN (SELECT 'activity ' || a.id FROM activities a WHERE a.statement_id = ANY (links))
    OR without_words(p.value, s) IS DISTINCT FROM p.value;
  GET DIAGNOSTICS gone = ROW_COUNT;
  PERFORM erase_own(kind, them, num);
  DELETE FROM evidence_files WHERE says_one_of(file, n || m);
  GET DIAGNOSTICS files = ROW_COUNT;
  UPDATE notes SET file = NULL, file_name = NULL, file_type = NULL, file_sha256 = NULL WHERE says_one_of(file, n || m);
  told := erase_words(s) || jsonb_build_object('audit_personal', gone);
  IF files > 0 THEN told := told || jsonb_build_object('evidence_files', files); END IF;
  PERFORM set_config('countersign.erasing', '', true);
  RETURN jsonb_build_object('number', num, 'erased', told, 'kept', kept_words(s));
END $$;
--> statement-breakpoint
-- What is a person's own goes in whole; what they did stays under their id, which names nobody.
CREATE FUNCTION erase_own(kind text, them text[], number bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  place text;
BEGIN
  IF kind = 'partner_contact' THEN
    DELETE FROM partner_contacts WHERE id = ANY (them);
    RETURN;
  END IF;
  UPDATE users SET name = 'Erased person ' || number, email = 'erased-' || number || '@erased.invalid', team = NULL,
    owner_name = CASE WHEN owner_name IS NOT NULL THEN 'Erased person ' || number END,
    password_hash = NULL, password_set_at = NULL, password_own = false, passkey_own = false, erased_at = now() WHERE id = ANY (them);
  FOREACH place IN ARRAY ARRAY['sessions', 'passkeys', 'identities', 'password_links', 'challenges', 'notice_choices', 'inbox_snoozes'] LOOP
    EXECUTE format('DELETE FROM %I WHERE user_id = ANY ($1)', place) USING them;
  END LOOP;
  DELETE FROM notices WHERE to_id = ANY (them);
  DELETE FROM saved_views WHERE owner_id = ANY (them) AND NOT shared;
  UPDATE api_keys SET name = 'Erased person ' || number WHERE user_id = ANY (them);
END $$;
--> statement-breakpoint
-- ──── What the application may ──────────────────────────────────────────────────────────────────
GRANT USAGE ON SCHEMA public TO countersign_app;
--> statement-breakpoint
GRANT SELECT ON ALL TABLES IN SCHEMA public TO countersign_app;
--> statement-breakpoint
GRANT INSERT (mark, about, field, salt, value), DELETE ON audit_personal TO countersign_app;
--> statement-breakpoint
-- An erasure is written by the function alone.
GRANT INSERT, UPDATE (lifted_at, lifted_by) ON holds TO countersign_app;
--> statement-breakpoint
GRANT INSERT, UPDATE, DELETE ON
  deals, stage_entries, registrations, role_rows, activities, joint_steps, selling_plays, selling_play_clients, saved_views, introductions, inbox_snoozes, inbox_delegations, inbox_weeks, inbox_week_counts, partners, partner_programs, partner_contacts, partner_statements,
  accounts, account_domains, partner_accounts, costs, cost_shares, rates, targets, users, sessions, password_links, password_tries, identities, sign_on_groups, key_turns, mappings,
  judged_deals, partner_outcomes, packed_facts, tallies, lens_deals, lens_runs, idempotency_keys,
  policies, judging_runs, judging_moves, learnings, exceptions, exception_votes, deputies, reviews, cost_nones, freeze_preparations, restatements, audit_samples, sampled_deals,
  reconciled_deals, locked_months, notices, notice_choices, chat_channels, webhook_endpoints, webhook_deliveries
  TO countersign_app;
--> statement-breakpoint
-- Signers rely on a backtest that was kept: it stays as it was found. What a partner said stays as it said it.
GRANT INSERT, DELETE ON partner_words, partner_word_facts, tally_changes, lens_queue, rulings, signatures, policy_declines, backtests, exception_notes,
  sealed_quarters, sealed_deals, forecast_snapshots, forecast_signatures,
  compensation_plans, compensation_signatures, compensation_payments TO countersign_app;
--> statement-breakpoint
GRANT UPDATE (withdrawn_at, withdrawn_by, withdrawn_reason) ON compensation_plans TO countersign_app;
--> statement-breakpoint
GRANT INSERT, UPDATE ON settings, corrections, connections, connection_runs TO countersign_app;
--> statement-breakpoint
GRANT INSERT, UPDATE, DELETE ON connection_cursors, connection_hints, source_records, evidence_models, model_readings TO countersign_app;
--> statement-breakpoint
-- What a system told stays as it told it.
GRANT INSERT ON connection_messages, deal_changes TO countersign_app;
--> statement-breakpoint
GRANT INSERT, UPDATE (used_at, revoked_at) ON api_keys TO countersign_app;
--> statement-breakpoint
GRANT INSERT, UPDATE (used_at), DELETE ON challenges TO countersign_app;
--> statement-breakpoint
GRANT INSERT, UPDATE (counter, used_at), DELETE ON passkeys TO countersign_app;
--> statement-breakpoint
GRANT INSERT ON imports, audit_tree, audit_heads, audit_keys, audit_checks, witnessed_heads, partner_parents, registration_decisions TO countersign_app;
--> statement-breakpoint
-- An entry's id and instant are the database's: one with an id far ahead would keep all later ones out of the tree.
GRANT INSERT (actor, action, request, deal_id, subject_kind, subject_id, before, after) ON audit_log TO countersign_app;
--> statement-breakpoint
GRANT INSERT, DELETE ON notes, evidence_files TO countersign_app;
--> statement-breakpoint
-- What was read stays; what became of it is added.
GRANT INSERT, UPDATE (decision, decided_on, decided_by, activity_id, account_id) ON evidence_proposals TO countersign_app;
--> statement-breakpoint
-- What a file was stays; what became of it is added.
GRANT UPDATE (read, created, updated, unchanged, refused, unmapped, finished_at, accepted_on, accepted_by, taken_back_at, taken_back_by)
  ON imports TO countersign_app;
--> statement-breakpoint
GRANT USAGE ON SEQUENCE audit_log_id_seq, tally_changes_seq_seq, lens_queue_seq_seq, ruling_order TO countersign_app;
--> statement-breakpoint
-- ──── The one row of settings ───────────────────────────────────────────────────────────────────
SELECT set_config('countersign.actor', 'system:migration', true), set_config('countersign.request', 'guards', true);
--> statement-breakpoint
INSERT INTO settings DEFAULT VALUES;
