import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { DEALS_PARAMS, listInput, PAGE } from "@/components/deals/deals-filters";
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
  // A refused address is the page's to show, in words and with a way back.
  const first = actor
    ? await ask(dealsList, { ...listInput(params), offset: 0, limit: PAGE }, actor).catch(
        (error: unknown) => {
          if (isRefusal(error)) return null;
          throw error;
        },
      )
    : null;
  return <DealsPage first={first} />;
}
