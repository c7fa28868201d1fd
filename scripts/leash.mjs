/**
 * Loaded into the served app before it: tells its parent when it listens, ends when the parent does, even if killed,
 * and sees to it that nobody but a proxy of ours says from where a request comes.
 */
import { Server as WebServer } from "node:http";
import { Server } from "node:net";

const { listen } = Server.prototype;
Server.prototype.listen = function (...args) {
  this.once("listening", () => process.send?.("listening"));
  return listen.apply(this, args);
};
process.on("disconnect", () => process.exit());

/** A proxy on this machine is believed, and one elsewhere where BEHIND_PROXY says that nobody else gets here. */
const isProxy = (address = "") =>
  process.env.BEHIND_PROXY === "yes" || /^(127\.|::1$|::ffff:127\.)/.test(address);

const { emit } = WebServer.prototype;
WebServer.prototype.emit = function (event, request, ...rest) {
  if (event === "request" || event === "upgrade") {
    const { headers, socket } = request;
    if (!isProxy(socket.remoteAddress))
      for (const name of Object.keys(headers)) if (name.startsWith("x-forwarded-")) delete headers[name];
    // The page that was wanted, for who signs in first (lib/auth/wanted.ts).
    headers["x-countersign-page"] = request.url;
    headers["x-forwarded-for"] ??= socket.remoteAddress?.replace(/^::ffff:/, "");
  }
  return emit.call(this, event, request, ...rest);
};
