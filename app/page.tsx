import { redirect } from "next/navigation";
import { landingOf } from "@/components/shell/landing";
import { currentActor } from "@/lib/auth/session";

export default async function Page() {
  const actor = await currentActor();
  redirect(actor ? landingOf(actor.role) : "/sign-in");
}
