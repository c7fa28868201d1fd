import { memoOf } from "@/lib/attribution/memo";
import type { Actor } from "@/lib/auth/actor";
import { dayOfInstant } from "@/lib/company-day";
import { memoPdf } from "@/lib/exports/memo-pdf";
import { me } from "@/lib/queries/company/me";
import { policy } from "@/lib/queries/policy/policy";
import { dayInWords } from "@/lib/text/days";
import { capital } from "@/lib/text/words";
import { ask } from "./ask";
import { answerFile } from "./files";

/** The memo of a policy as a PDF of one page. */
export function answerMemoPdf(policyId: string, actorOf: () => Promise<Actor | null>): Promise<Response> {
  return answerFile({ policyId }, actorOf, async (actor) => {
    const [asked, { company, timeZone }] = await Promise.all([
      ask(policy, { policyId }, actor),
      ask(me, {}, actor),
    ]);
    const hash = asked.hash ?? asked.draftHash;
    const body = await memoPdf({
      memo: memoOf(asked.document),
      company,
      hash,
      state: stateLine(asked),
      signatures: asked.seats.flatMap(({ seat, signature }) =>
        signature
          ? [{ seat, name: signature.name, on: dayInWords(dayOfInstant(signature.at, timeZone)) }]
          : [],
      ),
    });
    const disposition = `inline; filename="memo-${hash.slice(0, 12)}.pdf"`;
    return { body: new Uint8Array(body), type: "application/pdf", disposition };
  });
}

/** Where it stands, as the head of the page says beside the hash. */
function stateLine({
  state,
  signatures,
  activeFrom,
  activeUntil,
}: Awaited<ReturnType<typeof policy.run>>): string {
  const start = activeFrom === null ? "" : dayInWords(activeFrom);
  switch (state) {
    case "proposed":
      return `Proposed from ${start}, ${signatures} of 3 signed`;
    case "signed":
      return `Signed, in force from ${start}`;
    case "in_force":
      return `In force from ${start}`;
    case "former":
      return `In force ${start} to ${activeUntil === null ? "" : dayInWords(activeUntil)}`;
    default:
      return `${capital(state)}, binds nobody`;
  }
}
