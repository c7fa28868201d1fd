import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test, vi } from "vitest";
import { metered } from "./metered";

interface Sent {
  resourceSpans: {
    resource: { attributes: { key: string; value: { stringValue?: string } }[] };
    scopeSpans: { spans: { name: string; attributes: { key: string; value: object }[] }[] }[];
  }[];
}

test("a collector gets each call as a span with its status, and nothing of what was asked", async () => {
  vi.stubEnv("LOG_LEVEL", "silent");
  const bodies: string[] = [];
  const collector = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += part));
    request.on("end", () => {
      bodies.push(`${request.url} ${body}`);
      response.setHeader("content-type", "application/json").end("{}");
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", `http://127.0.0.1:${(collector.address() as AddressInfo).port}`);
  try {
    const { beginTracing } = await import("./tracing");
    const { trace } = await import("@opentelemetry/api");
    const end = beginTracing();
    // As Next begins its own.
    const attributes = {
      "http.target": "/api/v1/deals?search=Secret+Bakery",
      "next.span_name": "GET /x?q=1",
    };
    trace.getTracer("next.js").startSpan("GET", { attributes }).end();
    const asked = new Request("http://sign.test/api/v1/deals-list?search=Secret+Bakery");
    await metered(asked, async () => new Response("", { status: 503 }));
    await end();
  } finally {
    collector.close();
    vi.unstubAllEnvs();
  }
  expect(bodies).not.toEqual([]);
  expect(bodies.join()).not.toContain("Secret");
  const [path, sent] = [
    bodies[0]!.split(" ")[0],
    JSON.parse(bodies[0]!.slice(bodies[0]!.indexOf("{"))) as Sent,
  ];
  expect(path).toBe("/v1/traces");
  const [{ resource, scopeSpans }] = sent.resourceSpans as [Sent["resourceSpans"][0]];
  expect(resource.attributes).toContainEqual({ key: "service.name", value: { stringValue: "countersign" } });
  const spans = scopeSpans.flatMap(({ spans: some }) => some);
  expect(spans.map(({ name }) => name)).toEqual(["GET", "GET deals-list"]);
  const [next, ours] = spans;
  expect(next!.attributes).toContainEqual({ key: "http.target", value: { stringValue: "/api/v1/deals" } });
  expect(ours!.attributes).toContainEqual({ key: "http.response.status_code", value: { intValue: 503 } });
});

test.each([
  ["", false],
  ["http://127.0.0.1:9", true],
])("with OTEL_EXPORTER_OTLP_ENDPOINT=%s the packages for it are loaded: %s", (endpoint, loaded) => {
  const script = `
    import { createRequire } from "node:module";
    const { register } = await import("./instrumentation.ts");
    await register();
    const loaded = Object.keys(createRequire(import.meta.url).cache).some((file) => file.includes("sdk-trace-node"));
    console.log(JSON.stringify(loaded));
    process.exit();`;
  const said = execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    env: { ...process.env, NEXT_RUNTIME: "nodejs", DATABASE_URL: "", OTEL_EXPORTER_OTLP_ENDPOINT: endpoint },
    encoding: "utf8",
  });
  expect(said.trim()).toBe(String(loaded));
});
