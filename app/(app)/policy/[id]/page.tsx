import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PolicyPage } from "@/components/policy/policy-page";
import { ask } from "@/lib/api/ask";
import { currentActor } from "@/lib/auth/session";
import { isRefusal } from "@/lib/errors";
import { policy } from "@/lib/queries/policy/policy";
import "../print.css";

export const metadata: Metadata = { title: "Policy" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const policyId = decodeURIComponent((await params).id);
  const actor = await currentActor();
  if (!actor) return null;
  try {
    return <PolicyPage key={policyId} policyId={policyId} first={await ask(policy, { policyId }, actor)} />;
  } catch (error) {
    if (isRefusal(error) && error.code === "not_found") notFound();
    throw error;
  }
}
