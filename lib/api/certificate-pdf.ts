import type { Actor } from "@/lib/auth/actor";
import { certificatePdf } from "@/lib/exports/certificate-pdf";
import { me } from "@/lib/queries/company/me";
import { policyCertificate } from "@/lib/queries/policy/policy-certificate";
import { ask } from "./ask";
import { answerFile } from "./files";

/** The certificate of completion of a memo as a PDF. */
export function answerCertificate(policyId: string, actorOf: () => Promise<Actor | null>): Promise<Response> {
  return answerFile({ policyId }, actorOf, async (actor) => {
    const [certificate, { company }] = await Promise.all([
      ask(policyCertificate, { policyId }, actor),
      ask(me, {}, actor),
    ]);
    return {
      body: new Uint8Array(await certificatePdf({ company, ...certificate })),
      type: "application/pdf",
      disposition: `inline; filename="certificate-${certificate.hash.slice(0, 12)}.pdf"`,
    };
  });
}
