import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DealPage } from "@/components/deal/deal-page";
import { ask } from "@/lib/api/ask";
import { currentActor } from "@/lib/auth/session";
import { isRefusal } from "@/lib/errors";
import { deal } from "@/lib/queries/deal/deal";
import { why } from "@/lib/queries/deal/why";

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).id) };
}

export default async function Page({ params }: Props) {
  const dealId = decodeURIComponent((await params).id);
  const actor = await currentActor();
  if (!actor) return null;
  try {
    const [first, verdict] = await Promise.all([ask(deal, { dealId }, actor), ask(why, { dealId }, actor)]);
    return <DealPage key={dealId} dealId={dealId} first={{ deal: first, why: verdict }} />;
  } catch (error) {
    if (isRefusal(error) && error.code === "not_found") notFound();
    throw error;
  }
}
