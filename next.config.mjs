/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  serverExternalPackages: [
    "postgres",
    "pino",
    "pg-boss",
    "nodemailer",
    "prom-client",
    "@opentelemetry/exporter-trace-otlp-http",
    "@opentelemetry/resources",
    "@opentelemetry/sdk-trace-node",
    "@modelcontextprotocol/sdk",
    "jsforce",
    "@hubspot/api-client",
    "@aws-sdk/client-partnercentral-selling",
  ],
  // Next checks types through TypeScript's JavaScript API, which TypeScript 7 no longer has; `npm test` runs tsc.
  typescript: { ignoreBuildErrors: true },
  // Where a stranger looks for keys (RFC 8615); a folder of that name is none that the tools see.
  rewrites: async () => [{ source: "/.well-known/jwks.json", destination: "/api/jwks" }],
  // What a page may run, and who may frame it, differs from answer to answer: scripts/page-policy.mjs.
  headers: async () => [
    {
      // A deal's panel stands in a page of the CRM's (lib/api/deal-panel.ts).
      source: "/((?!panel/).*)",
      headers: [
        { key: "Referrer-Policy", value: "same-origin" },
        { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
      ],
    },
    {
      source: "/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), browsing-topics=()" },
      ],
    },
  ],
};
