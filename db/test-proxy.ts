import { createServer, connect as dial, type Socket } from "node:net";

/** What the way does with the next message that commits; after it, all passes again. */
type OnCommit = "pass" | "drop the answer" | "drop the message" | "fall silent" | "drop the answer and go";

/** A way on loopback between the app and its database, for tests to break. */
export interface Way {
  /** The database's address by this way. */
  url: string;
  onCommit: OnCommit;
  /** Whose commits alone are meant, as the transaction's context names them: `user:U-1`. */
  of: string;
  /** How long each part of what passes is held up, either way. */
  delayMs: number;
  /** Ends every connection and takes no new one, as a database that is gone. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Opens a way to the database at `url`. */
export async function openWay(url: string): Promise<Way> {
  const { hostname, port } = new URL(url);
  const near = new Set<Socket>();
  let isCut = false;
  const pass = (bytes: Uint8Array, from: Socket, to: Socket) => {
    if (way.delayMs === 0) return void to.write(bytes);
    from.pause();
    setTimeout(() => {
      to.write(bytes);
      from.resume();
    }, way.delayMs);
  };
  const server = createServer((socket) => {
    if (isCut) return void socket.destroy();
    near.add(socket);
    const far = dial(Number(port), hostname);
    for (const end of [socket, far]) end.on("error", () => {});
    socket.on("close", () => {
      near.delete(socket);
      far.end();
    });
    far.on("close", () => socket.destroy());
    far.on("data", (bytes) => pass(bytes, far, socket));
    let begun = "";
    socket.on("data", (bytes) => {
      const { onCommit } = way;
      if (bytes.includes("begin;")) begun = bytes.toString();
      const isMeant = bytes.includes("commit") && begun.includes(way.of);
      if (onCommit === "pass" || !isMeant) return pass(bytes, socket, far);
      way.onCommit = "pass";
      if (onCommit === "drop the message") return void socket.destroy();
      far.removeAllListeners("data");
      if (onCommit === "drop the answer") far.once("data", () => socket.destroy());
      if (onCommit === "drop the answer and go") far.once("data", () => way.cut());
      far.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = new URL(url);
  address.port = String((server.address() as { port: number }).port);
  const way: Way = {
    url: address.href,
    onCommit: "pass",
    of: "",
    delayMs: 0,
    cut() {
      isCut = true;
      for (const socket of near) socket.destroy();
    },
    mend() {
      isCut = false;
    },
    close: () => {
      way.cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return way;
}
