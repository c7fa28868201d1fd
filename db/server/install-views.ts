import type postgres from "postgres";
import { VIEWS_MARK, VIEWS_ROLE, VIEWS_SCHEMA, VIEWS_SQL } from "../views/views";

/**
 * Makes the read-only views of the numbers (docs/sql-views.md), anew where they are of another version: they are made
 * from the definitions of lib/metrics, so a migration would be a second copy of these. One message, one transaction,
 * under the migrations' lock. A login that may not make roles makes the views without their reader.
 *
 * @param lock the advisory lock under which the database is changed
 */
export async function installViews(sql: postgres.Sql, lock: number): Promise<void> {
  const [schema] = await sql<{ mark: string | null }[]>`
    select obj_description(oid, 'pg_namespace') as mark from pg_namespace where nspname = ${VIEWS_SCHEMA}`;
  if (schema?.mark === VIEWS_MARK) return;
  await sql
    .unsafe(`
    begin;
    select pg_advisory_xact_lock(${lock});
    drop schema if exists ${VIEWS_SCHEMA} cascade;
    create schema ${VIEWS_SCHEMA};
    comment on schema ${VIEWS_SCHEMA} is '${VIEWS_MARK.replaceAll("'", "''")}';
    ${VIEWS_SQL}
    do $$ begin
      if not exists (select from pg_roles where rolname = '${VIEWS_ROLE}') then
        create role ${VIEWS_ROLE} nologin;
      end if;
    exception when duplicate_object or unique_violation or insufficient_privilege then null;
    end $$;
    do $$ begin
      if exists (select from pg_roles where rolname = '${VIEWS_ROLE}') then
        grant usage on schema ${VIEWS_SCHEMA} to ${VIEWS_ROLE};
        grant select on all tables in schema ${VIEWS_SCHEMA} to ${VIEWS_ROLE};
      end if;
    end $$;
    commit;`)
    .simple();
}
