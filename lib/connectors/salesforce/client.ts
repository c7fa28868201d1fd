import { setTimeout as pause } from "node:timers/promises";
import type { Connection } from "jsforce";
import { isSourceProblem, type Opening, SourceProblem } from "../source";

/** The version that this was written against; an org that is older says so at the test. */
const VERSION = "62.0";

/**
 * A connection that signs itself in by the client credentials of an External Client App, anew whenever its session ends.
 * jsforce waits and tries again where Salesforce is busy.
 */
export async function connect({
  address,
  secrets,
}: Pick<Opening, "address" | "secrets">): Promise<Connection> {
  const { Connection } = await import("jsforce");
  const { clientId = "", clientSecret = "" } = secrets;
  const connection = new Connection({
    instanceUrl: address,
    version: VERSION,
    oauth2: { loginUrl: address, clientId, clientSecret },
    refreshFn: (self, done) => {
      self.oauth2.requestToken({ grant_type: "client_credentials" } as never).then(
        ({ access_token: token, instance_url: instance }) => {
          if (instance) self.instanceUrl = instance;
          done(null, token);
        },
        (error: Error) => done(error),
      );
    },
  });
  return connection;
}

/** Runs a call; what goes wrong is said in words. */
export async function calling<T>(call: () => PromiseLike<T>): Promise<T> {
  const late = new AbortController();
  try {
    return await Promise.race([call(), silent(late.signal)]);
  } catch (error) {
    throw problemOf(error);
  } finally {
    late.abort();
  }
}

/** An answer that is cut on its way jsforce waits for without an end; its own tries are within this. */
const patienceMs = () => Number(process.env.CONNECTION_PATIENCE_MS) || 120_000;

async function silent(signal: AbortSignal): Promise<never> {
  await pause(patienceMs(), undefined, { ref: false, signal }).catch(() => {});
  throw new SourceProblem("Salesforce did not answer in time");
}

function problemOf(error: unknown): SourceProblem {
  if (isSourceProblem(error)) return error;
  const {
    message = String(error),
    errorCode,
    name,
  } = error as { message?: string; errorCode?: string; name?: string };
  const code = errorCode ?? name ?? "";
  const known = Object.keys(WORDS).find((one) => code.includes(one) || message.includes(one));
  if (!known) return new SourceProblem(`Salesforce answered: ${message.slice(0, 500)}`);
  return new SourceProblem(
    `${WORDS[known]} (${message.slice(0, 300)})`,
    known === "REQUEST_LIMIT" ? 3_600_000 : null,
  );
}

const WORDS: Readonly<Record<string, string>> = {
  REQUEST_LIMIT: "Salesforce takes no more calls today: the org's limit is used up",
  invalid_client: "Salesforce does not know this consumer key and secret",
  "refresh session":
    "Salesforce does not let us in: check the consumer key, the secret and the app's run-as user",
  INVALID_FIELD: "The run-as user may not see a field that is read",
  INVALID_TYPE: "The run-as user may not see an object that is read",
  INSUFFICIENT_ACCESS: "The run-as user may not do this",
  ECONNREFUSED: "Nobody answers at this address",
  ENOTFOUND: "There is no such address",
  FetchError: "The connection was cut",
};

interface QueryAnswer<R> {
  records: R[];
  done: boolean;
  nextRecordsUrl?: string;
}

/** All records of a query that says how many it wants, following the org's own cuts. */
export async function queryAll<R>(connection: Connection, soql: string): Promise<R[]> {
  return calling(async () => {
    const records: R[] = [];
    let url: string | undefined = `/queryAll?q=${encodeURIComponent(soql)}`;
    while (url !== undefined) {
      const answer: QueryAnswer<R> = whole(await connection.request<QueryAnswer<R>>(url));
      records.push(...answer.records);
      url = answer.done ? undefined : answer.nextRecordsUrl;
    }
    return records;
  });
}

/** An answer that was cut on its way is no answer: jsforce hands over what it could not read as text. */
function whole<R>(answer: QueryAnswer<R>): QueryAnswer<R> {
  if (answer && Array.isArray(answer.records) && (answer.done || answer.nextRecordsUrl)) return answer;
  throw new SourceProblem("Salesforce's answer was cut");
}

/** The fields of deals, or of another object, that this org has and the run-as user sees. */
export async function fieldsOf(connection: Connection, object = "Opportunity") {
  const { fields } = await calling(() => connection.describe(object));
  if (!Array.isArray(fields)) throw new SourceProblem("Salesforce's answer was cut");
  return fields;
}

/** A list of values in SOQL, quoted. */
export const among = (values: readonly string[]) =>
  `(${values.map((value) => `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`).join(",")})`;
