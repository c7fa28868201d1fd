import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { LensesPage } from "@/components/lenses/lenses-page";
import { LENSES_PARAMS } from "@/components/lenses/lenses-params";
import { ask } from "@/lib/api/ask";
import { currentActor } from "@/lib/auth/session";
import { isRefusal } from "@/lib/errors";
import { lensTable } from "@/lib/queries/lens/lens-table";

export const metadata: Metadata = { title: "Lenses" };

const load = createLoader(LENSES_PARAMS);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { quarter } = await load(searchParams);
  const actor = await currentActor();
  // A refused quarter is the page's to say in words.
  const first = actor
    ? await ask(lensTable, quarter ? { quarter } : {}, actor).catch((error: unknown) => {
        if (isRefusal(error)) return null;
        throw error;
      })
    : null;
  return <LensesPage first={first} />;
}
