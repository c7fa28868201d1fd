import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignIn } from "@/components/sign-in/sign-in";
import { currentActor } from "@/lib/auth/session";
import { signInPeople } from "@/lib/queries/company/sign-in-people";
import { signInWays } from "@/lib/queries/sign-on/sign-in-ways";
import { pageWanted } from "@/lib/text/addresses";
import { signOnWords } from "@/lib/text/sign-on-words";

export const metadata: Metadata = { title: "Sign in" };

type Asked = Promise<Readonly<Record<"to" | "refused" | "error", string | string[] | undefined>>>;

export default async function Page({ searchParams }: { searchParams: Asked }) {
  const { to, refused, error } = await searchParams;
  const wanted = pageWanted(typeof to === "string" ? to : null);
  if (await currentActor()) redirect(wanted ?? "/");
  const [people, ways] = await Promise.all([signInPeople(), signInWays()]);
  // `error` is next-auth's own word, for what it could not begin.
  const said = refused ?? error;
  const problem = said === undefined ? null : signOnWords(String(said));
  return <SignIn people={people} to={wanted} ways={ways} problem={problem} />;
}
