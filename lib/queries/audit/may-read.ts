import type { Actor } from "@/lib/auth/actor";
import { holdersOf } from "@/lib/auth/permissions";
import { Refusal } from "@/lib/errors";
import { mustOpen } from "../query";

/** Refuses whoever may not read the log, for what is taken away of it as a file and is no query of the API. */
export function mustReadLog(actor: Actor): void {
  mustOpen(actor);
  if (holdersOf("audit.read").includes(actor.role)) return;
  const rule = "the audit log is not for your role";
  throw new Refusal({ code: "forbidden", field: "", value: actor.role, rule });
}
