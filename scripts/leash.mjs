/**
 * Loaded into the served app before it: tells its parent when it listens, ends when the parent does, even if killed,
 * lets requests and jobs under way end before it does, sees to it that nobody but a proxy of ours says from where
 * a request comes, and that every answer says what its page may run.
 */
import { Server as WebServer } from "node:http";
import { Server } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { guardPage, readInlineScripts } from "./page-policy.mjs";
import { refuseRouterState } from "./router-state.mjs";

const serving = new Set();
let draining = false;

const { listen } = Server.prototype;
Server.prototype.listen = function (...args) {
  serving.add(this);
  this.once("listening", () => process.send?.("listening"));
  return listen.apply(this, args);
};
process.on("disconnect", () => process.exit());

/** Takes no new connection, and lets those go that ask for nothing, until every answer is given. */
async function answered(server) {
  const closed = new Promise((resolve) => server.close(resolve));
  const idle = setInterval(() => server.closeIdleConnections?.(), 50);
  await closed;
  clearInterval(idle);
}

async function drain() {
  if (draining) return;
  draining = true;
  await Promise.all([...serving].filter((server) => server.listening).map(answered));
  // What the house does besides answering (lib/jobs/keep-house.ts): a job that is cut off goes on elsewhere.
  await Promise.race([globalThis[Symbol.for("countersign.ends")]?.(), pause(8_000)]);
  // What was measured on the way, where somebody collects it (lib/api/tracing.ts).
  await Promise.race([globalThis[Symbol.for("countersign.traced")]?.().catch(() => {}), pause(2_000)]);
  process.exit(0);
}
// Next's own handlers, which know of no jobs, are told off by NEXT_MANUAL_SIG_HANDLE (scripts/serve.ts).
for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, drain);

/** A proxy on this machine is believed, and one elsewhere where BEHIND_PROXY says that nobody else gets here. */
const isProxy = (address = "") =>
  process.env.BEHIND_PROXY === "yes" || /^(127\.|::1$|::ffff:127\.)/.test(address);

/** The build is there before it is served. */
const inlineScripts = readInlineScripts(".next");

const { emit } = WebServer.prototype;
WebServer.prototype.emit = function (event, request, ...rest) {
  if (event === "request" || event === "upgrade") {
    const { headers, socket } = request;
    if (!isProxy(socket.remoteAddress))
      for (const name of Object.keys(headers)) if (name.startsWith("x-forwarded-")) delete headers[name];
    // The page that was wanted, for who signs in first (lib/auth/wanted.ts).
    headers["x-countersign-page"] = request.url;
    headers["x-forwarded-for"] ??= socket.remoteAddress?.replace(/^::ffff:/, "");
    // Over https to us, to the last proxy before us, or as our own address says (lib/auth/cookies.ts).
    const isSecure =
      headers["x-forwarded-proto"]?.split(",").at(-1)?.trim() === "https" ||
      (process.env.NEXTAUTH_URL?.startsWith("https://") ?? false);
    headers["x-forwarded-proto"] = isSecure ? "https" : "http";
    if (event === "request") {
      guardPage(request, rest[0], inlineScripts, isSecure);
      if (refuseRouterState(request, rest[0])) return true;
    }
  }
  return emit.call(this, event, request, ...rest);
};
