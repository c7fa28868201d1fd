const contentSecurityPolicy = [
  "default-src 'self'",
  // Next starts its pages with inline scripts; a nonce would forbid the static shells.
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  serverExternalPackages: [
    "postgres",
    "pino",
    "pg-boss",
    "nodemailer",
    "prom-client",
    "@modelcontextprotocol/sdk",
    "jsforce",
    "@hubspot/api-client",
  ],
  // Next checks types through TypeScript's JavaScript API, which TypeScript 7 no longer has; `npm test` runs tsc.
  typescript: { ignoreBuildErrors: true },
  // Where a stranger looks for keys (RFC 8615); a folder of that name is none that the tools see.
  rewrites: async () => [{ source: "/.well-known/jwks.json", destination: "/api/jwks" }],
  headers: async () => [
    {
      // A deal's panel says itself which pages of the CRM may show it (lib/api/deal-panel.ts); nothing else is framed.
      source: "/((?!panel/).*)",
      headers: [
        { key: "Content-Security-Policy", value: contentSecurityPolicy },
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
    {
      source: "/:path*",
      has: [{ type: "header", key: "x-forwarded-proto", value: "https" }],
      headers: [{ key: "Strict-Transport-Security", value: "max-age=31536000" }],
    },
  ],
};
