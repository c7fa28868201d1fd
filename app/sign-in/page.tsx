import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignIn } from "@/components/sign-in/sign-in";
import { currentActor } from "@/lib/auth/session";
import { signInPeople } from "@/lib/queries/company/sign-in-people";
import { pageWanted } from "@/lib/text/addresses";

export const metadata: Metadata = { title: "Sign in" };

export default async function Page({ searchParams }: { searchParams: Promise<{ to?: string | string[] }> }) {
  const { to } = await searchParams;
  const wanted = pageWanted(typeof to === "string" ? to : null);
  if (await currentActor()) redirect(wanted ?? "/");
  return <SignIn people={await signInPeople()} to={wanted} />;
}
