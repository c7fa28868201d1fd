/**
 * What a page of ours may run and load, said to the browser with every answer (scripts/leash.mjs). Here and not in
 * Next's proxy.ts, which costs every page a second way through the server; the build's own pages stay files, too.
 */
import { createHash, randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const hashOf = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/**
 * The style sheets that two libraries write into a page by script, known by what is in them: sonner's, and react-aria's
 * for what is pressed and for a page that must not scroll. The empty one is sonner's before it is filled. A test
 * computes them from the libraries.
 */
export const STYLES_OF_LIBRARIES = [
  "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
  "'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY='",
  "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='",
  "'sha256-gYiS/BvZvRcK27JIXTuwhZ3hs2+VJ1X+2gUlE+farlg='",
];

/** Of an answer that is no page: nothing in it is run or loaded, and nobody frames it. Browsers style a PDF by it. */
const POLICY_OF_ANSWERS =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** Of what pages are built from; a worker among it loads more of it. */
const POLICY_OF_FILES = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * The inline scripts that the build wrote into the pages that it made whole, as hashes by the page's path.
 *
 * @param build the folder `.next`
 */
export function readInlineScripts(build) {
  const pages = join(build, "server/app");
  const found = new Map();
  if (!existsSync(pages)) return found;
  for (const file of readdirSync(pages, { recursive: true }).map(String)) {
    // A route whose answer is called so is a folder of that name.
    if (!file.endsWith(".html") || !statSync(join(pages, file)).isFile()) continue;
    const inline = readFileSync(join(pages, file), "utf8").matchAll(
      /<script(?![^>]*\ssrc=)[^>]*>(.*?)<\/script>/gs,
    );
    const path = `/${file.slice(0, -".html".length).replaceAll("\\", "/")}`;
    found.set(path, [...new Set([...inline].map(([, script]) => hashOf(script)))]);
  }
  return found;
}

/** What the build writes into the page for what is not there, and so what stands in every page, holds for all. */
const NOT_FOUND = "/_not-found";

/**
 * Of the answer at a path; a route may say its own instead.
 *
 * A page that is made when it is asked for runs the scripts that bear its nonce, and what those load; one that the
 * build made whole cannot bear any, and runs the inline scripts that the build wrote and files of this server.
 */
export function policyOf(path, nonce, inlineScripts, isSecure) {
  if (path.startsWith("/_next/")) return POLICY_OF_FILES;
  if (/^\/(api\/|healthz$|readyz$|metrics$)/.test(path)) return POLICY_OF_ANSWERS;
  const own = inlineScripts.get(path);
  const trusted = own ? ["'self'"] : [`'nonce-${nonce}'`, "'strict-dynamic'"];
  return [
    "default-src 'self'",
    ["script-src", ...trusted, ...(own ?? inlineScripts.get(NOT_FOUND) ?? [])].join(" "),
    ["style-src 'self'", ...(own ? [] : [`'nonce-${nonce}'`]), ...STYLES_OF_LIBRARIES].join(" "),
    // A column's width and a bar's length are said by the element itself.
    "style-src-attr 'unsafe-inline'",
    "worker-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isSecure ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

/**
 * Has a request's answer say its policy, and the page know its nonce, which Next takes from the request's header of the
 * same name whoever sent it. A year over https alone, where it was reached by it.
 */
export function guardPage(request, response, inlineScripts, isSecure) {
  const { headers } = request;
  const path = request.url?.split("?")[0] ?? "/";
  const policy = policyOf(path, randomBytes(16).toString("base64"), inlineScripts, isSecure);
  headers["content-security-policy"] = policy;
  delete headers["content-security-policy-report-only"];
  const { writeHead } = response;
  response.writeHead = function (...args) {
    if (!this.hasHeader("content-security-policy")) this.setHeader("Content-Security-Policy", policy);
    if (isSecure) this.setHeader("Strict-Transport-Security", "max-age=31536000");
    return writeHead.apply(this, args);
  };
}
