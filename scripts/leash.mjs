/** Loaded into the served app before it: tells its parent when it listens, and ends when the parent does, even if killed. */
import { Server } from "node:net";

const { listen } = Server.prototype;
Server.prototype.listen = function (...args) {
  this.once("listening", () => process.send?.("listening"));
  return listen.apply(this, args);
};
process.on("disconnect", () => process.exit());
