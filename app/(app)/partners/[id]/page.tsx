import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { PartnerPage } from "@/components/records/partner-page";
import { ask } from "@/lib/api/ask";
import { currentActor } from "@/lib/auth/session";
import { isRefusal } from "@/lib/errors";
import { partner } from "@/lib/queries/partner/partner";
import { partnerMotion } from "@/lib/queries/partner/partner-motion";

interface Props {
  params: Promise<{ id: string }>;
}

export const metadata: Metadata = { title: "Partner" };

export default async function Page({ params }: Props) {
  const partnerId = decodeURIComponent((await params).id);
  const actor = await currentActor();
  if (!actor) return null;
  try {
    const [first, motion] = await Promise.all([
      ask(partner, { partnerId }, actor),
      ask(partnerMotion, { partnerId }, actor),
    ]);
    // A link by a record that became another one finds that one.
    if (first.partner.mergedInto) redirect(`/partners/${encodeURIComponent(first.partner.mergedInto.id)}`);
    return <PartnerPage key={partnerId} partnerId={partnerId} first={first} motion={motion} />;
  } catch (error) {
    if (isRefusal(error) && error.code === "not_found") notFound();
    throw error;
  }
}
