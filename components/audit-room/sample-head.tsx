"use client";

import { type ReactNode, useState } from "react";
import { useZone } from "@/components/shared/use-me";
import { GuardedButton } from "@/components/ui/button";
import { onDemand } from "@/components/ui/on-demand";
import { timeInWords } from "@/components/ui/time";
import type { OpenSample } from "./answers";
import { drawnSentence, resultSentence } from "./sample-words";

const SignOffDialog = onDemand(() => import("./sign-off-dialog").then((m) => m.SignOffDialog));

/** What was drawn, by whom and how, what came of it, and who signed it off. */
export function SampleHead({ sample, digest }: { sample: OpenSample; digest: string }) {
  const [isSigning, setSigning] = useState(false);
  const zone = useZone();
  const { drawn, signedOff, may } = sample;
  return (
    <section aria-label="Sample" className="rounded-md border border-line bg-sunken px-4 py-3">
      <p role="status" className="tabular text-pretty font-semibold">
        {resultSentence(sample)}
      </p>
      <dl className="mt-2 grid grid-cols-1 gap-x-4 gap-y-0.5 text-ink-2 text-xs sm:grid-cols-[max-content_minmax(0,1fr)]">
        <Fact name="Drawn">
          {drawnSentence(sample)}, by {drawn.name}, {timeInWords(drawn.at, zone)}
        </Fact>
        <Fact name="Of the seal">
          <code className="break-all font-mono">{digest}</code>
        </Fact>
        <Fact name="Signed off">
          {signedOff
            ? `${signedOff.name}, ${timeInWords(signedOff.at, zone)}: ${signedOff.conclusion}`
            : "not yet; by another auditor than drew it or looked at any of it"}
        </Fact>
      </dl>
      {!signedOff && (
        <GuardedButton
          className="mt-3 print:hidden"
          icon="stamp"
          because={may.signOff}
          onPress={() => setSigning(true)}
        >
          Sign off
        </GuardedButton>
      )}
      {isSigning && <SignOffDialog sample={sample} onClose={() => setSigning(false)} />}
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
