import { redirect } from "next/navigation";
import { currentActor } from "@/lib/auth/session";

/** The first part that the role may see: people are listed for those who manage or audit them. */
export default async function Page() {
  const actor = await currentActor();
  const seesPeople = actor?.role === "admin" || actor?.role === "auditor";
  redirect(
    seesPeople ? "/settings/people" : actor?.role === "finance" ? "/settings/finance" : "/settings/company",
  );
}
