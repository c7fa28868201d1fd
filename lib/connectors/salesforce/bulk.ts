import type { Connection } from "jsforce";
import { SourceProblem } from "../source";
import { calling } from "./client";

/** Rows of a page of a bulk query: every value is text, empty for null. */
export interface BulkPage {
  rows: Record<string, string>[];
  /** For the next page; null at the end. */
  locator: string | null;
}

/** Begins a query that the org runs by itself (Bulk API 2.0), deleted records in it; with the org's own time of it. */
export async function beginQuery(
  connection: Connection,
  query: string,
): Promise<{ id: string; createdDate: string }> {
  return calling(async () => {
    const job = await connection.request<{ id: string; createdDate: string }>({
      method: "POST",
      url: `/services/data/v${connection.version}/jobs/query`,
      body: JSON.stringify({ operation: "queryAll", query }),
      headers: { "content-type": "application/json" },
    });
    if (!job?.id || !job.createdDate) throw new SourceProblem("Salesforce's answer was cut");
    return job;
  });
}

/** Whether it has come to its end; one that failed or is not there any more is a problem. */
export async function isComplete(connection: Connection, id: string): Promise<boolean> {
  return calling(async () => {
    const job = await connection.request<{ state: string; errorMessage?: string }>(
      `/services/data/v${connection.version}/jobs/query/${id}`,
    );
    if (typeof job?.state !== "string") throw new SourceProblem("Salesforce's answer was cut");
    if (job.state === "Failed" || job.state === "Aborted")
      throw new SourceProblem(`Salesforce gave up a bulk query: ${job.errorMessage ?? job.state}`);
    return job.state === "JobComplete";
  });
}

/** A page of what it found. The same locator gives the same page again. */
export async function readPage(
  connection: Connection,
  id: string,
  { locator, most }: { locator: string | null; most: number },
): Promise<BulkPage> {
  return calling(async () => {
    const at = locator === null ? "" : `&locator=${encodeURIComponent(locator)}`;
    const url = `${connection.instanceUrl}/services/data/v${connection.version}/jobs/query/${id}/results?maxRecords=${most}${at}`;
    // Where the next page begins stands in a header, which jsforce's own request keeps to itself.
    const { HttpApi } = await import("jsforce/lib/http-api");
    const api = new HttpApi(connection as never, {});
    let next: string | undefined;
    let expected: string | undefined;
    api.on("response", ({ headers }: { headers: Record<string, string> }) => {
      next = headers["sforce-locator"];
      expected = headers["sforce-numberofrecords"];
    });
    const rows = await api.request<Record<string, string>[]>({
      method: "GET",
      url,
      headers: { accept: "text/csv" },
    });
    if (!Array.isArray(rows) || (expected !== undefined && Number(expected) !== rows.length))
      throw new SourceProblem("Salesforce's answer was cut");
    return { rows, locator: !next || next === "null" ? null : next };
  });
}
