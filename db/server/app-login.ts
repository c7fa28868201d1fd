import { createHmac } from "node:crypto";
import postgres from "postgres";

const APP_ROLE = "countersign_app";
/** What the served app signs in as: it owns nothing, and can do nothing but take on the app's role. */
export const APP_LOGIN = "countersign_server";

/**
 * Makes that login on the built-in server, and gives its address. Its password follows from the owner's and is no way
 * back to it, so every start comes to the same. One start at a time (scripts/serve.ts).
 */
export async function appLogin(ownerUrl: string): Promise<string> {
  const { href, password } = addressOf(ownerUrl, APP_LOGIN);
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    const [known] = await sql`select from pg_roles where rolname = ${APP_LOGIN}`;
    await sql.unsafe(`${known ? "alter" : "create"} role ${APP_LOGIN} login noinherit nosuperuser nocreatedb nocreaterole
      noreplication nobypassrls password '${password}'; grant ${APP_ROLE} to ${APP_LOGIN}`);
  } finally {
    await sql.end();
  }
  return href;
}

function addressOf(ownerUrl: string, login: string): { href: string; password: string } {
  const url = new URL(ownerUrl);
  const password = createHmac("sha256", decodeURIComponent(url.password)).update(login).digest("base64url");
  url.username = login;
  url.password = password;
  return { href: url.href, password };
}

/**
 * Such a login in a database of one's own, of a name that tells it from that of another database on the server; or why
 * there is none, as where the owner may make no roles, or a pooler between does not know it.
 */
export async function ownLogin(ownerUrl: string): Promise<{ url: string } | { why: string }> {
  if (!new URL(ownerUrl).password) return { why: "the owner's address has no password to make one of" };
  const sql = postgres(ownerUrl, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: "countersign start" },
  });
  try {
    const [there] = await sql<{ name: string; may: boolean; known: boolean }[]>`
      select name, (select rolcreaterole or rolsuper from pg_roles where rolname = current_user) as may,
        exists (select from pg_roles where rolname = name) as known
      from (select ${APP_LOGIN} || '_' || substr(md5(current_database()), 1, 8) as name) n`;
    const { name, may, known } = there!;
    if (!may) return { why: "it may make no roles" };
    const { href, password } = addressOf(ownerUrl, name);
    await sql.unsafe(
      `${known ? "alter" : "create"} role ${name} login noinherit password '${password}'; grant ${APP_ROLE} to ${name}`,
    );
    return (await takesOnTheRole(href)) ?? { url: href };
  } catch (error) {
    return { why: (error as Error).message };
  } finally {
    await sql.end();
  }
}

async function takesOnTheRole(url: string): Promise<{ why: string } | null> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 5 });
  try {
    await sql.unsafe(`begin; set local role ${APP_ROLE}; rollback`).simple();
    return null;
  } catch (error) {
    return { why: `its login cannot be used, ${(error as Error).message}` };
  } finally {
    await sql.end({ timeout: 1 });
  }
}
