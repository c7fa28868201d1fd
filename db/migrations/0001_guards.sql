-- What the database refuses whoever asks, its owner included (domain.md §9, §10). Codes:
-- CS101 a write without context, CS102 append-only, CS103 a partner above itself, CS104 a forged audit entry.

-- The application's role: it owns nothing and never signs in; transactions take it on. Roles belong to
-- the whole server, so databases migrated at the same moment race for this one.
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
CREATE FUNCTION refuse_without_context() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('countersign.actor', true), '') = ''
    OR coalesce(current_setting('countersign.request', true), '') = '' THEN
    RAISE EXCEPTION '% of % needs an actor and a request', TG_OP, TG_TABLE_NAME
      USING ERRCODE = 'CS101', HINT = 'write through db/transaction.ts';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'CS102';
END $$;
--> statement-breakpoint
-- A ruling is a decision people made: it stays, unless it is part of the demo story.
CREATE FUNCTION refuse_ruling_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM deals WHERE id = OLD.deal_id AND demo) THEN
    RAISE EXCEPTION 'rulings is append-only: DELETE is refused' USING ERRCODE = 'CS102';
  END IF;
  RETURN OLD;
END $$;
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
DO $$
DECLARE
  guarded regclass;
BEGIN
  FOR guarded IN SELECT oid::regclass FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LOOP
    EXECUTE format('CREATE TRIGGER a_context BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION refuse_without_context()', guarded);
  END LOOP;
  FOREACH guarded IN ARRAY ARRAY['audit_log', 'audit_chain']::regclass[] LOOP
    EXECUTE format('CREATE TRIGGER b_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER b_append_only', guarded);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE TRIGGER b_append_only BEFORE UPDATE OR TRUNCATE ON rulings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER c_append_only BEFORE DELETE ON rulings FOR EACH ROW EXECUTE FUNCTION refuse_ruling_deletion();
--> statement-breakpoint
CREATE TRIGGER c_no_own_ancestor BEFORE INSERT OR UPDATE OF id, parent_id ON partners
  FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL) EXECUTE FUNCTION refuse_own_ancestor();
--> statement-breakpoint
CREATE TRIGGER c_unforged BEFORE INSERT ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_forged_entry();
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO countersign_app;
--> statement-breakpoint
GRANT SELECT ON ALL TABLES IN SCHEMA public TO countersign_app;
--> statement-breakpoint
GRANT INSERT, UPDATE, DELETE ON
  deals, stage_entries, registrations, role_rows, activities, partners, costs, rates, users, mappings,
  deal_outcomes, partner_outcomes, idempotency_keys
  TO countersign_app;
--> statement-breakpoint
GRANT INSERT, UPDATE ON settings TO countersign_app;
--> statement-breakpoint
GRANT INSERT, DELETE ON rulings TO countersign_app;
--> statement-breakpoint
GRANT INSERT ON imports, audit_log, audit_chain TO countersign_app;
--> statement-breakpoint
GRANT USAGE ON SEQUENCE audit_log_id_seq TO countersign_app;
--> statement-breakpoint
SELECT set_config('countersign.actor', 'system:migration', true), set_config('countersign.request', 'guards', true);
--> statement-breakpoint
INSERT INTO settings DEFAULT VALUES;
