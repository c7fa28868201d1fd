import type { Actor } from "@/lib/auth/actor";
import { type CertificateInput, certificatePdf } from "@/lib/exports/certificate-pdf";
import { me } from "@/lib/queries/company/me";
import { compensationCertificate } from "@/lib/queries/compensation/compensation-certificate";
import { policyCertificate } from "@/lib/queries/policy/policy-certificate";
import { dayInWords } from "@/lib/text/days";
import { ask } from "./ask";
import { answerFile } from "./files";

type Who = () => Promise<Actor | null>;

/** The certificate of completion of a memo as a PDF. */
export function answerCertificate(policyId: string, actorOf: Who): Promise<Response> {
  return answerPdf({ policyId }, actorOf, async (actor) => {
    const { proposed, activeFrom, ...certificate } = await ask(policyCertificate, { policyId }, actor);
    const since = { label: "Proposed", at: proposed };
    return { ...certificate, since, binds: `to judge from ${dayInWords(activeFrom)}` };
  });
}

/** The certificate of completion of a compensation plan as a PDF. */
export function answerPlanCertificate(planId: string, actorOf: Who): Promise<Response> {
  return answerPdf({ planId }, actorOf, async (actor) => {
    const { drafted, from: first, ...certificate } = await ask(compensationCertificate, { planId }, actor);
    return { ...certificate, since: { label: "Drafted", at: drafted }, binds: `to pay from ${first} on` };
  });
}

function answerPdf(
  of: Record<string, string>,
  actorOf: Who,
  read: (actor: Actor) => Promise<Omit<CertificateInput, "company">>,
): Promise<Response> {
  return answerFile(of, actorOf, async (actor) => {
    const [certificate, { company }] = await Promise.all([read(actor), ask(me, {}, actor)]);
    return {
      body: new Uint8Array(await certificatePdf({ company, ...certificate })),
      type: "application/pdf",
      disposition: `inline; filename="certificate-${certificate.hash.slice(0, 12)}.pdf"`,
    };
  });
}
