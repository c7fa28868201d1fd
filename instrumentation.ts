/** Called by Next once a server process, before it answers. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs" || !process.env.DATABASE_URL) return;
  const [{ keepHouse }, { log }] = await Promise.all([
    import("@/lib/jobs/keep-house"),
    import("@/lib/api/log"),
  ]);
  keepHouse((error) => log.error({ error }, "a background fault; the server goes on"));
}
