import { publicKeys } from "@/lib/auth/signing-keys";

/** For everybody: the public keys that the stage gate's receipts verify with. */
export function GET(): Response {
  return Response.json(publicKeys(), {
    headers: { "content-type": "application/jwk-set+json", "cache-control": "public, max-age=300" },
  });
}

/** The keys are read at each start, never at the build. */
export const dynamic = "force-dynamic";
