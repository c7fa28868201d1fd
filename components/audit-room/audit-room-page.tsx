"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { FrozenBadge } from "@/components/shared/frozen-badge";
import { GuardedButton } from "@/components/ui/button";
import { buttonLook } from "@/components/ui/button-look";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { onDemand } from "@/components/ui/on-demand";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import type { RoomAnswer } from "./answers";
import { SampleChoice } from "./sample-choice";
import { SampleHead } from "./sample-head";
import { SampledDeals } from "./sampled-deals";

const DrawDialog = onDemand(() => import("./draw-dialog").then((m) => m.DrawDialog));

/** Does what was frozen hold? Answered by two auditors, on a sample that anybody can draw again. */
export function AuditRoomPage({ quarter }: { quarter: string }) {
  const [sampleId, setSample] = useQueryState("sample", parseAsString);
  const [isDrawing, setDrawing] = useState(false);
  const answer = useQuery(api.auditRoom.queryOptions({ input: { quarter, ...(sampleId && { sampleId }) } }));
  const room = answer.data;
  return (
    <>
      <PageHeader
        title={`Auditor's room of ${quarter}`}
        beside={room?.seal && <FrozenBadge quarter={quarter} />}
        lead="A sample of the frozen quarter's deals, each beside its evidence, looked at by one auditor and signed off by another."
        actions={
          room?.seal && (
            <>
              <a href={`/api/review/${quarter}/bundle.html`} download className={buttonLook("plain")}>
                Proof bundle
              </a>
              <GuardedButton look="primary" because={room.may.draw} onPress={() => setDrawing(true)}>
                Draw a sample
              </GuardedButton>
            </>
          )
        }
      />
      <div className="flex flex-col gap-6 px-4 pb-10 sm:px-6">
        {answer.isPending ? (
          <SkeletonRows rows={8} label="Loading the room" />
        ) : room ? (
          <Room room={room} onChoose={setSample} />
        ) : (
          <ErrorState error={answer.error} onRetry={() => answer.refetch()} />
        )}
      </div>
      {isDrawing && (
        <DrawDialog
          quarter={quarter}
          onClose={() => setDrawing(false)}
          onDrawn={(drawn) => {
            setDrawing(false);
            void setSample(drawn);
          }}
        />
      )}
    </>
  );
}

function Room({ room, onChoose }: { room: RoomAnswer; onChoose(sampleId: string): void }) {
  const { quarter, seal, samples, open } = room;
  if (!seal)
    return (
      <EmptyState title={`${quarter} is not frozen`} icon="lock">
        What still moves cannot be audited. The room opens with the freeze:{" "}
        <Link href={`/review/${quarter}`} className="underline underline-offset-2">
          the review of {quarter}
        </Link>
        .
      </EmptyState>
    );
  if (!open)
    return (
      <EmptyState title="No sample was drawn yet" icon="stamp">
        An auditor names a seed and how many of the {seal.closed} closed deals to look at. The same seed draws
        the same deals, so that nobody can have chosen them.
      </EmptyState>
    );
  return (
    <>
      {samples.length > 1 && <SampleChoice samples={samples} open={open.id} onChoose={onChoose} />}
      <SampleHead sample={open} digest={seal.digest} />
      <SampledDeals sample={open} />
    </>
  );
}
