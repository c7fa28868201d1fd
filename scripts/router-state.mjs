import reader from "next/dist/server/app-render/parse-and-validate-flight-router-state.js";

const HEADER = "next-router-state-tree";

/**
 * Answers 400 where a request says otherwise than Next's own script does from which pages it comes: Next answers 500, and
 * logs it as a fault of ours. Read by Next's own reader, so that what passes here passes there.
 *
 * @returns whether it was answered
 */
export function refuseRouterState({ headers }, response) {
  try {
    reader.parseAndValidateFlightRouterState(headers[HEADER]);
    return false;
  } catch {
    response.writeHead(400, { "content-type": "text/plain; charset=utf-8" });
    response.end(
      `${HEADER} must be the state of pages as Next.js writes it; leave it out to get the whole page\n`,
    );
    return true;
  }
}
