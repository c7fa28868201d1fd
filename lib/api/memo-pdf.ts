import { memoOf } from "@/lib/attribution/memo";
import type { Actor } from "@/lib/auth/actor";
import { isRefusal, Refusal } from "@/lib/errors";
import { memoPdf } from "@/lib/exports/memo-pdf";
import { me } from "@/lib/queries/company/me";
import { policy } from "@/lib/queries/policy/policy";
import { dayInWords } from "@/lib/text/days";
import { capital } from "@/lib/text/words";
import { ask } from "./ask";
import { STATUS } from "./problems";

/** The memo of a policy as a PDF of one page; a refusal as the API's JSON. */
export async function answerMemoPdf(policyId: string, actor: Actor | null): Promise<Response> {
  try {
    if (!actor) {
      throw new Refusal({ code: "unauthenticated", field: "", value: null, rule: "sign in to read this" });
    }
    const [asked, { company }] = await Promise.all([ask(policy, { policyId }, actor), ask(me, {}, actor)]);
    const pdf = await memoPdf({
      memo: memoOf(asked.document),
      company,
      hash: asked.hash ?? asked.draftHash,
      state: stateLine(asked),
      signatures: asked.seats.flatMap(({ seat, signature }) =>
        signature ? [{ seat, name: signature.name, on: dayInWords(signature.at.slice(0, 10)) }] : [],
      ),
    });
    return new Response(new Uint8Array(pdf), {
      headers: {
        "content-type": "application/pdf",
        "content-disposition": `inline; filename="memo-${(asked.hash ?? asked.draftHash).slice(0, 12)}.pdf"`,
        "cache-control": "private, no-store",
      },
    });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return Response.json(error.toJSON(), {
      status: STATUS[error.code],
      headers: { "cache-control": "no-store" },
    });
  }
}

/** Where it stands, as the head of the page says beside the hash. */
function stateLine({
  state,
  signatures,
  activeFrom,
  activeUntil,
}: Awaited<ReturnType<typeof policy.run>>): string {
  const from = activeFrom === null ? "" : dayInWords(activeFrom);
  switch (state) {
    case "proposed":
      return `Proposed from ${from}, ${signatures} of 3 signed`;
    case "signed":
    case "in_force":
      return `In force from ${from}`;
    case "former":
      return `In force ${from} to ${activeUntil === null ? "" : dayInWords(activeUntil)}`;
    default:
      return `${capital(state)}, binds nobody`;
  }
}
