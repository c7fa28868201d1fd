"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useZone } from "@/components/shared/use-me";
import { Button } from "@/components/ui/button";
import { buttonLook } from "@/components/ui/button-look";
import { ProblemLine } from "@/components/ui/error-state";
import { Icon } from "@/components/ui/icon";
import { saveJson } from "@/components/ui/save-file";
import { SkeletonRows } from "@/components/ui/skeleton";
import { timeInWords } from "@/components/ui/time";
import { api, type Outputs } from "@/lib/api/client";
import { count } from "@/lib/text/words";

type Kept = Outputs["auditHead"];

/** What to keep outside of the log so that nobody can cut or rewrite it unseen; and whether it is whole now. */
export function AuditHead() {
  const kept = useQuery(api.auditHead.queryOptions({ input: {} }));
  const verdict = useQuery({ ...api.auditVerdict.queryOptions({ input: {} }), enabled: false });
  if (kept.error) return <ProblemLine error={kept.error} />;
  if (!kept.data) return <SkeletonRows rows={3} label="Loading the head of the log" />;
  const { head } = kept.data;
  return (
    <section
      aria-labelledby="log-head"
      className="flex min-w-0 flex-col gap-2 rounded-md border border-line px-4 py-3 print:hidden"
    >
      <h2 id="log-head" className="font-semibold">
        Proof that nobody changes the log
      </h2>
      <p className="max-w-prose text-ink-2 text-xs">
        Every few seconds the server signs how many entries the log has and which: its head. Keep one outside,
        with an auditor or in a mail. Whoever holds it can show later that no entry before it was changed, cut
        off or slipped in, by anybody, the owner of the database included.
      </p>
      {head ? (
        <HeadFacts kept={kept.data} head={head} />
      ) : (
        <p className="text-ink-3 text-xs">
          Nothing is signed yet. The first head comes a few seconds after the first entry.
        </p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        {head && (
          <Button size="small" onPress={() => saveJson(fileOf(kept.data), `audit-head-${head.size}.json`)}>
            Download the head
          </Button>
        )}
        {head && (
          <a href="/api/audit-log" download className={buttonLook("plain", "small")}>
            Download the log
          </a>
        )}
        <Button size="small" isPending={verdict.isFetching} onPress={() => verdict.refetch()}>
          Verify the log
        </Button>
      </div>
      {verdict.error && <ProblemLine error={verdict.error} />}
      {verdict.data && !verdict.isFetching && <Verdict verdict={verdict.data} />}
    </section>
  );
}

/** The file that `npm run -s verify -- --head FILE` takes, as `npm run -s head` prints it. */
const fileOf = ({ head, keys }: Kept) => ({
  head: head?.signed,
  size: head?.size,
  root: head?.root,
  at: head?.at,
  keys,
});

function HeadFacts({ kept, head }: { kept: Kept; head: NonNullable<Kept["head"]> }) {
  const zone = useZone();
  const { checked, witnessed } = kept;
  const whole = checked?.ok ? `whole, ${count(checked.entries ?? 0, "entry", "entries")}` : "not whole";
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-0.5 text-xs">
      <Fact name="Newest head">
        {count(head.size, "entry", "entries")}, signed {timeInWords(head.at, zone)}
      </Fact>
      <Fact name="Root">
        <code className="break-all">{head.root}</code>
      </Fact>
      <Fact name="Signed by the key">
        <code className="break-all">{head.kid}</code>
      </Fact>
      <Fact name="Last verified">
        {checked
          ? `${timeInWords(checked.at, zone)}, by the server: ${whole}`
          : "not by the server yet; it does so once a day"}
      </Fact>
      {witnessed && (
        <Fact name="Kept outside">
          {count(witnessed.size, "entry", "entries")}, at {witnessed.witness} since{" "}
          {timeInWords(witnessed.at, zone)}
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

const FAULTS = {
  changed: "it was changed after it was written.",
  gone: "it, or one before it, is gone.",
  left_out: "it was never taken into the tree, though younger ones were: it was slipped in.",
  tree: "the tree is kept otherwise than its entries say.",
  people: "what it says of somebody was changed after it was written.",
  unsaid: "what it says of somebody is gone, and no erasure after it says so.",
} as const;

function Verdict({ verdict }: { verdict: Outputs["auditVerdict"] }) {
  return (
    <p role="status" className="flex min-w-0 items-start gap-1.5 text-ink-2 text-xs">
      <Icon
        name={verdict.ok ? "check" : "alert"}
        className={verdict.ok ? "mt-0.5 size-3.5 text-accent" : "mt-0.5 size-3.5 text-warn"}
      />
      <span className="min-w-0">
        {verdict.ok
          ? `Whole: ${count(verdict.entries, "entry", "entries")}, and each of ${count(verdict.heads, "signed head")} holds${
              verdict.erased > 0
                ? `. ${count(verdict.erased, "entry holds", "entries hold")} erased parts`
                : ""
            }${verdict.waiting > 0 ? `. ${verdict.waiting} more about to be taken in` : ""}.`
          : verdict.fault === "head"
            ? `Not whole: what was signed as the head of ${verdict.head} is not what the log says now.`
            : `Not whole from entry ${verdict.id} on: ${FAULTS[verdict.fault]}`}
      </span>
    </p>
  );
}
