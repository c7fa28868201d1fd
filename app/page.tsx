import { redirect } from "next/navigation";
import { landingOf } from "@/components/shell/landing";
import { ask } from "@/lib/api/ask";
import { currentActor } from "@/lib/auth/session";
import { firstSteps } from "@/lib/queries/company/first-steps";

export default async function Page() {
  const actor = await currentActor();
  if (!actor) redirect("/sign-in");
  // Whoever runs an empty house begins with what it needs; nobody else can do anything about it.
  const isEmpty = actor.role === "admin" && !(await ask(firstSteps, {}, actor)).deals;
  redirect(isEmpty ? "/start" : landingOf(actor.role));
}
