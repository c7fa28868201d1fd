import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider, type Span } from "@opentelemetry/sdk-trace-node";

/** What of a request's address may hold what somebody typed: it goes nowhere. */
const ADDRESSES = ["http.target", "http.url", "url.full", "next.span_name"] as const;

/** Sends spans on, of addresses the path alone. */
class WithoutQueries extends BatchSpanProcessor {
  override onStart(span: Span): void {
    for (const name of ADDRESSES) {
      const said = span.attributes[name];
      if (typeof said === "string") span.setAttribute(name, said.split("?")[0]!);
    }
  }
}

/**
 * Begins to send traces by OTLP over HTTP to where OTEL_EXPORTER_OTLP_ENDPOINT says; headers, the share that is kept and
 * the service's name come from OpenTelemetry's own variables. Loaded only where they are wanted (instrumentation.ts).
 *
 * @returns what sends the rest and ends it
 */
export function beginTracing(): () => Promise<void> {
  const provider = new NodeTracerProvider({
    // Unless OpenTelemetry's own variables call it otherwise.
    resource: resourceFromAttributes({ "service.name": "countersign" }).merge(
      detectResources({ detectors: [envDetector] }),
    ),
    spanProcessors: [new WithoutQueries(new OTLPTraceExporter())],
  });
  provider.register();
  const end = () => provider.shutdown();
  // Told by scripts/leash.mjs when the process is asked to end.
  (globalThis as Record<symbol, unknown>)[Symbol.for("countersign.traced")] = end;
  return end;
}
