import { headers } from "next/headers";
import { pageWanted } from "@/lib/text/addresses";

/** Where somebody who is not signed in goes: to sign in, and from there to the page that they wanted. */
export async function signInPath(): Promise<string> {
  const page = (await headers()).get("x-countersign-page")?.replace(/([?&])_rsc=[^&]*&?/, "$1");
  const wanted = pageWanted(page?.replace(/[?&]$/, ""));
  return wanted && wanted !== "/" ? `/sign-in?to=${encodeURIComponent(wanted)}` : "/sign-in";
}
