import type { Metadata } from "next";
import { PolicyHome } from "@/components/policy/policy-home";
import { ask } from "@/lib/api/ask";
import { currentActor } from "@/lib/auth/session";
import { policiesList } from "@/lib/queries/policy/policies-list";
import { policy } from "@/lib/queries/policy/policy";
import "./print.css";

export const metadata: Metadata = { title: "Policy" };

export default async function Page() {
  const actor = await currentActor();
  if (!actor) return null;
  const first = await ask(policiesList, {}, actor);
  const policyId = first.inForce.signed?.policyId;
  return <PolicyHome first={first} inForce={policyId ? await ask(policy, { policyId }, actor) : null} />;
}
