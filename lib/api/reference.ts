import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

/** Dark or light, after the system. */
const THEME = `document.querySelector("rapi-doc").setAttribute("theme",
  matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");`;

/** The page that shows the OpenAPI document: RapiDoc, from this server alone. Its own colours, after the system's. */
const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API · Countersign</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<style>body{margin:0}rapi-doc{height:100vh}</style>
</head>
<body>
<rapi-doc spec-url="/api/v1/openapi.json" load-fonts="false" regular-font="system-ui, sans-serif"
  mono-font="ui-monospace, monospace" render-style="focused" show-header="false" allow-try="false"
  allow-authentication="false" allow-server-selection="false" use-path-in-nav-bar="true"
  show-method-in-nav-bar="as-plain-text" sort-endpoints-by="path" schema-style="table" primary-color="#3d5afe"></rapi-doc>
<script>${THEME}</script>
<script src="/api/v1/reference/rapidoc.js"></script>
</body>
</html>
`;

/** Its scripts are these two; RapiDoc writes style sheets of its own as it goes. */
const POLICY = [
  "default-src 'none'",
  `script-src 'self' 'sha256-${createHash("sha256").update(THEME).digest("base64")}'`,
  "style-src 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const project = createRequire(join(process.cwd(), "package.json"));

/** Answers the page for people who read the API's document. */
export function answerReference(): Response {
  return new Response(PAGE, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-cache",
      "content-security-policy": POLICY,
    },
  });
}

/** Answers the script that the page runs by. */
export async function answerReferenceScript(): Promise<Response> {
  const script = await readFile(project.resolve("rapidoc/dist/rapidoc-min.js"));
  return new Response(new Uint8Array(script), {
    headers: { "content-type": "text/javascript; charset=utf-8", "cache-control": "max-age=86400" },
  });
}
