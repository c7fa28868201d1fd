import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { closingInput, DEALS_PARAMS, firstInput } from "@/components/deals/deals-filters";
import { DealsPage } from "@/components/deals/deals-page";
import { ask } from "@/lib/api/ask";
import { currentActor } from "@/lib/auth/session";
import { isRefusal } from "@/lib/errors";
import { dealsList } from "@/lib/queries/deals/deals-list";

export const metadata: Metadata = { title: "Deals" };

const load = createLoader(DEALS_PARAMS);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await load(searchParams);
  const actor = await currentActor();
  if (!actor) return <DealsPage first={null} closing={null} />;
  const [first, closing] = await Promise.all([
    // A refused address is the page's to show, in words and with a way back.
    ask(dealsList, firstInput(params), actor).catch((error: unknown) => {
      if (isRefusal(error)) return null;
      throw error;
    }),
    ask(dealsList, closingInput(actor.ownerName !== null), actor),
  ]);
  return <DealsPage first={first} closing={closing} />;
}
