import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { ReconciliationPage } from "@/components/reconciliation/reconciliation-page";
import { monthInput, RECONCILIATION_PARAMS } from "@/components/reconciliation/reconciliation-params";
import { ask } from "@/lib/api/ask";
import { currentActor } from "@/lib/auth/session";
import { isRefusal } from "@/lib/errors";
import { reconciliation } from "@/lib/queries/reconciliation/reconciliation";

export const metadata: Metadata = { title: "Reconciliation" };

const load = createLoader(RECONCILIATION_PARAMS);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await load(searchParams);
  const actor = await currentActor();
  // A refused month is the page's to say in words.
  const first = actor
    ? await ask(reconciliation, monthInput(params), actor).catch((error: unknown) => {
        if (isRefusal(error)) return null;
        throw error;
      })
    : null;
  return <ReconciliationPage first={first} />;
}
