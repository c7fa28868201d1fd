import type { IncomingMessage, ServerResponse } from "node:http";
import { StandIn } from "../stand-in.fixture";

/** What goes wrong with one answer. */
export type ModelFault = "half" | "cut" | "silent" | "busy" | "refused" | "shapeless";

/** A model that answers on loopback what it was told to, in the shape of chat completions. */
export class StandInModel extends StandIn {
  /** What it says to whatever it is asked. */
  says: (asked: { model: string; messages: { role: string; content: string }[] }) => string = () =>
    '{"summary":"","proposals":[]}';
  fault: ModelFault | null = null;
  readonly bodies: string[] = [];
  readonly keys: (string | undefined)[] = [];

  protected async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const piece of request) body += piece;
    this.asked.push(request.url!);
    this.bodies.push(body);
    this.keys.push(request.headers.authorization);
    const { fault } = this;
    if (fault === "silent") return;
    if (fault === "busy") return void response.writeHead(503).end("try later");
    if (fault === "refused") return void response.writeHead(401).end('{"error":"no such key"}');
    const message = { role: "assistant", content: this.says(JSON.parse(body)) };
    const said = fault === "shapeless" ? "<html>hello</html>" : JSON.stringify({ choices: [{ message }] });
    const whole = Buffer.from(said);
    response.writeHead(200, { "content-type": "application/json", "content-length": whole.length });
    if (fault === "half" || fault === "cut")
      return void response.write(whole.subarray(0, whole.length / 2), () => request.socket.destroy());
    response.end(whole);
  }
}
