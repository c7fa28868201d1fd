import type { Instrumentation } from "next";

/** Called by Next once a server process, before it answers. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  if (process.env.OTEL_EXPORTER_OTLP_ENDPOINT) (await import("@/lib/api/tracing")).beginTracing();
  if (!process.env.DATABASE_URL) return;
  const [{ keepHouse }, { log }] = await Promise.all([
    import("@/lib/jobs/keep-house"),
    import("@/lib/api/log"),
  ]);
  keepHouse((job, err) => log.error({ job, err }, "work in the background failed; the server goes on"));
}

/** What a page's own making threw, by the digest that the page shows; the API logs its own by request. */
export const onRequestError: Instrumentation.onRequestError = async (error, request) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { log } = await import("@/lib/api/log");
  const { digest } = error as { digest?: string };
  log.error({ err: error, method: request.method, path: request.path, digest }, "a page could not be made");
};
