import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { LiftPage } from "@/components/lift/lift-page";
import { LIFT_PARAMS, liftQuestion } from "@/components/lift/lift-params";
import { ask } from "@/lib/api/ask";
import { currentActor } from "@/lib/auth/session";
import { isRefusal } from "@/lib/errors";
import { lift } from "@/lib/queries/numbers/lift";

export const metadata: Metadata = { title: "Attached vs direct" };

const load = createLoader(LIFT_PARAMS);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const question = liftQuestion(await load(searchParams));
  const actor = await currentActor();
  // A refused span is the page's to say in words.
  const first = actor
    ? await ask(lift, question, actor).catch((error: unknown) => {
        if (isRefusal(error)) return null;
        throw error;
      })
    : null;
  return <LiftPage first={first} />;
}
