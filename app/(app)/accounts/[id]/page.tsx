import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AccountPage } from "@/components/records/account-page";
import { ask } from "@/lib/api/ask";
import { currentActor } from "@/lib/auth/session";
import { isRefusal } from "@/lib/errors";
import { accountRecord } from "@/lib/queries/customer/account-record";

interface Props {
  params: Promise<{ id: string }>;
}

export const metadata: Metadata = { title: "Account" };

export default async function Page({ params }: Props) {
  const accountId = decodeURIComponent((await params).id);
  const actor = await currentActor();
  if (!actor) return null;
  try {
    const first = await ask(accountRecord, { accountId }, actor);
    return <AccountPage key={accountId} accountId={accountId} first={first} />;
  } catch (error) {
    if (isRefusal(error) && error.code === "not_found") notFound();
    throw error;
  }
}
