import { AsyncLocalStorage } from "node:async_hooks";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { RequestCookies } from "next/dist/compiled/@edge-runtime/cookies";
import { NextRequest } from "next/server";

/**
 * Next keeps the request that is being answered for whoever asks `next/headers`, as next-auth does. There is no Next
 * around a test, so this keeps it, in the module's own place.
 */
const answering = new AsyncLocalStorage<NextRequest>();
const require = createRequire(import.meta.url);
const place = require.resolve("next/headers");
require(place);
require.cache[place]!.exports = {
  headers: async () => answering.getStore()!.headers,
  cookies: async () => new RequestCookies(answering.getStore()!.headers),
};

type Answer = (
  request: NextRequest,
  context: { params: Promise<{ nextauth: string[] }> },
) => Promise<Response>;

/** The routes below /api/auth over real HTTP on loopback. */
export async function serveAuth(answer: () => Answer): Promise<{ address: string; server: Server }> {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
    const body = parts.length > 0 ? Buffer.concat(parts).toString() : undefined;
    const asked = new NextRequest(url, { method: request.method, headers: request.headers as never, body });
    const nextauth = url.pathname.replace(/^\/api\/auth\//, "").split("/");
    const answered = await answering.run(asked, () =>
      answer()(asked, { params: Promise.resolve({ nextauth }) }),
    );
    response.statusCode = answered.status;
    for (const [name, value] of answered.headers) if (name !== "set-cookie") response.setHeader(name, value);
    response.setHeader("set-cookie", answered.headers.getSetCookie());
    response.end(await answered.text());
  });
  // A slow machine must not find a connection closed that it was about to use again.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** As much of a browser as signing in needs: cookies by origin, and a way to follow where it is sent. */
export class Visitor {
  readonly #jars = new Map<string, Map<string, string>>();

  jar(url: string): Map<string, string> {
    const { origin } = new URL(url);
    const jar = this.#jars.get(origin) ?? new Map<string, string>();
    this.#jars.set(origin, jar);
    return jar;
  }

  async go(url: string, form?: Readonly<Record<string, string>>): Promise<Response> {
    const jar = this.jar(url);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answered = await fetch(url, {
      ...{ redirect: "manual", headers: { cookie, "user-agent": "Firefox/130 (Linux)" } },
      ...(form && { method: "POST", body: new URLSearchParams(form) }),
    });
    for (const said of answered.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(said) ?? [];
      const isOver = /max-age=0|expires=thu, 01 jan 1970/i.test(said);
      if (name && (isOver || value === "")) jar.delete(name);
      else if (name) jar.set(name, value!);
    }
    return answered;
  }

  /** Follows where it is sent while that is at `origin`; the address it is sent to after. */
  async follow(url: string, origin: string): Promise<string> {
    for (let at = url, hops = 0; hops < 10; hops++) {
      if (!at.startsWith(origin)) return at;
      const to = (await this.go(at)).headers.get("location");
      if (!to) return at;
      at = new URL(to, at).href;
    }
    throw new Error(`${url} leads nowhere`);
  }
}
