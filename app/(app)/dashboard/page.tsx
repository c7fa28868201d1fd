import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { DashboardPage } from "@/components/dashboard/dashboard-page";
import { DASHBOARD_PARAMS, numbersAsked } from "@/components/dashboard/dashboard-params";
import { ask } from "@/lib/api/ask";
import { currentActor } from "@/lib/auth/session";
import { isRefusal } from "@/lib/errors";
import { numbers } from "@/lib/queries/numbers/numbers";
import "./print.css";

export const metadata: Metadata = { title: "Dashboard" };

const load = createLoader(DASHBOARD_PARAMS);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const asked = numbersAsked(await load(searchParams));
  const actor = await currentActor();
  // A refused quarter, or one without a rate, is the page's to say in words.
  const first = actor
    ? await ask(numbers, asked, actor).catch((error: unknown) => {
        if (isRefusal(error)) return null;
        throw error;
      })
    : null;
  return <DashboardPage first={first} />;
}
