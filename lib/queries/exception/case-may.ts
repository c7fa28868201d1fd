import type { Actor } from "@/lib/auth/actor";
import {
  mayAssignException,
  mayCommentException,
  mayDecideException,
  mayDeferException,
  mayNameDeputy,
  mayWithdrawException,
  type OfException,
} from "@/lib/commands/exception/guards";
import { maySay } from "@/lib/commands/guard";
import type { ExceptionDetail } from "./exception-shapes";

/** What the asker may do with a case. */
export function mayOfCase(actor: Actor, subject: OfException): ExceptionDetail["may"] {
  return {
    decide: maySay(mayDecideException, actor, subject),
    comment: maySay(mayCommentException, actor, subject),
    assign: maySay(mayAssignException, actor, subject),
    defer: maySay(mayDeferException, actor, subject),
    withdraw: maySay(mayWithdrawException, actor, subject),
    nameDeputy: maySay(mayNameDeputy, actor, { deputy: null, exception: subject }),
  };
}
