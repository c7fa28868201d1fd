import { SpanStatusCode, trace } from "@opentelemetry/api";
import { collectDefaultMetrics, Histogram, register } from "prom-client";
import { mayReadMetrics } from "@/lib/auth/metrics-token";
import { houseMetrics } from "@/lib/jobs/meters";
import { log } from "./log";
import { answerHeaders } from "./problems";

const NAME = "countersign_request_seconds";

/** One a process: a build holds this module once in each bundle, the package once. */
function requests(): Histogram<"operation" | "method" | "status"> {
  const known = register.getSingleMetric(NAME);
  if (known) return known as Histogram<"operation" | "method" | "status">;
  collectDefaultMetrics();
  return new Histogram({
    name: NAME,
    help: "How long the API took to answer.",
    labelNames: ["operation", "method", "status"],
    buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30],
  });
}

/** The operation of an address; of one that there is none of nothing is kept, or strangers could make names without end. */
function operationOf(pathname: string, status: number): string {
  const [, , , operation = ""] = pathname.split("/");
  return status === 404 || !/^[a-z][a-z-]{1,60}$/.test(operation) ? "other" : operation;
}

/** Answers a request, measured, and logged by the id that its answer names. What was sent is not in the log. */
export async function metered(request: Request, answer: () => Promise<Response>): Promise<Response> {
  const { method, url } = request;
  const { pathname } = new URL(url);
  const began = performance.now();
  const response = await traced(`${method} ${operationOf(pathname, 200)}`, answer);
  const seconds = (performance.now() - began) / 1_000;
  const status = `${Math.floor(response.status / 100)}xx`;
  // Who is not let in chooses the address, and is not told which there are.
  const operation = response.status === 401 ? "other" : operationOf(pathname, response.status);
  requests().observe({ operation, method, status }, seconds);
  const what = {
    request: response.headers.get("x-request-id"),
    method,
    path: pathname,
    status: response.status,
  };
  log[method === "GET" ? "debug" : "info"]({ ...what, ms: Math.round(seconds * 1_000) }, "answered");
  return response;
}

/** The answer as a span of the trace that it is part of, where traces are made at all. */
function traced(name: string, answer: () => Promise<Response>): Promise<Response> {
  return trace.getTracer("countersign").startActiveSpan(name, async (span) => {
    try {
      const response = await answer();
      span.setAttribute("http.response.status_code", response.status);
      if (response.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      return response;
    } finally {
      span.end();
    }
  });
}

/** What Prometheus reads of this process; to others it is as if there were none. */
export async function answerMetrics(request: Request): Promise<Response> {
  if (!mayReadMetrics(request)) return new Response(null, { status: 404 });
  requests();
  const registry = await houseMetrics();
  const headers = { ...answerHeaders(crypto.randomUUID(), 200), "content-type": registry.contentType };
  return new Response(await registry.metrics(), { headers });
}
