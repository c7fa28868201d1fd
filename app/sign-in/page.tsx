import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignIn } from "@/components/sign-in/sign-in";
import { currentActor } from "@/lib/auth/session";
import { signInPeople } from "@/lib/queries/company/sign-in-people";

export const metadata: Metadata = { title: "Sign in" };

export default async function Page() {
  if (await currentActor()) redirect("/");
  return <SignIn people={await signInPeople()} />;
}
