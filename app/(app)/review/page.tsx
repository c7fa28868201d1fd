import type { Metadata } from "next";
import { QuartersPage } from "@/components/review/quarters-page";
import { ask } from "@/lib/api/ask";
import { currentActor } from "@/lib/auth/session";
import { quartersList } from "@/lib/queries/review/quarters-list";

export const metadata: Metadata = { title: "Review" };

export default async function Page() {
  const actor = await currentActor();
  return <QuartersPage first={actor ? await ask(quartersList, {}, actor) : null} />;
}
