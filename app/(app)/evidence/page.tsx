import type { Metadata } from "next";
import { EvidencePage } from "@/components/evidence/evidence-page";
import { ask } from "@/lib/api/ask";
import { currentActor } from "@/lib/auth/session";
import { isRefusal } from "@/lib/errors";
import { evidenceWaiting } from "@/lib/queries/evidence/evidence-waiting";

export const metadata: Metadata = { title: "Evidence" };

export default async function Page() {
  const actor = await currentActor();
  // Who may not see it is told so by the page.
  const first = actor
    ? await ask(evidenceWaiting, {}, actor).catch((error: unknown) => {
        if (isRefusal(error)) return null;
        throw error;
      })
    : null;
  return <EvidencePage first={first} />;
}
