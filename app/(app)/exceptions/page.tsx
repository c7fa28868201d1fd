import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { ExceptionsPage } from "@/components/exceptions/exceptions-page";
import { EXCEPTIONS_PARAMS, logInput } from "@/components/shared/case/exceptions-params";
import { ask } from "@/lib/api/ask";
import { currentActor } from "@/lib/auth/session";
import { isRefusal } from "@/lib/errors";
import { exceptionsList } from "@/lib/queries/exception/exceptions-list";

export const metadata: Metadata = { title: "Exceptions" };

const load = createLoader(EXCEPTIONS_PARAMS);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await load(searchParams);
  const actor = await currentActor();
  // A refused quarter is the page's to say in words.
  const first = actor
    ? await ask(exceptionsList, logInput(params), actor).catch((error: unknown) => {
        if (isRefusal(error)) return null;
        throw error;
      })
    : null;
  return <ExceptionsPage first={first} />;
}
