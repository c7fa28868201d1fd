import { type Db, database } from "@/db/connection/client";
import { arePasswordsOff } from "@/lib/auth/sign-on-rules";
import { signOnConfig } from "@/lib/auth/single-sign-on";

/** What the sign-in page offers. Asked by strangers, so it tells nothing else. */
export interface SignInWays {
  signOn: boolean;
  passwords: boolean;
}

export async function signInWays(db: Db = database().db): Promise<SignInWays> {
  return { signOn: signOnConfig() !== null, passwords: !(await arePasswordsOff(db)) };
}
