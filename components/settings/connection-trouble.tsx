"use client";

import Link from "next/link";
import { useWrite } from "@/components/shared/use-write";
import { GuardedButton } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import type { Difference } from "@/lib/interchange/connection";
import type { Kind } from "@/lib/interchange/kinds";
import { dealPath } from "@/lib/text/addresses";
import { count } from "@/lib/text/words";
import type { ConnectionAnswer } from "./ask-connection";

/** What a person decided otherwise here, and what could not land. */
export function ConnectionTrouble({ one }: { one: ConnectionAnswer }) {
  return (
    <>
      {one.differs.length > 0 && (
        <Panel title={`${count(one.differs.length, "record")} to settle`}>
          <p className="text-pretty text-ink-2">
            People decided otherwise here, and it says something new. Nothing was overwritten.
          </p>
          <ul className="mt-2 divide-y divide-line">
            {one.differs.map((found) => (
              <Differing key={`${found.kind} ${found.key}`} one={one} found={found} />
            ))}
          </ul>
        </Panel>
      )}
      {one.refused.length > 0 && (
        <Panel title={`${count(one.refused.length, "record")} could not land`}>
          <ul className="divide-y divide-line">
            {one.refused.map(({ kind, key, field, value, reason }) => (
              <li key={`${kind} ${key}`} className="break-words py-2">
                <span className="font-medium">{key}</span>{" "}
                <span className="text-ink-2">
                  {field} {value && `“${value}”`} {reason}
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}

function Differing({ one, found }: { one: ConnectionAnswer; found: ConnectionAnswer["differs"][number] }) {
  const settle = useWrite("settleDifference", { said: () => "Settled" });
  const { kind, key, called, dealId, differs, may } = found;
  const take = (which: "here" | "there") =>
    settle.mutate({ connectionId: one.id, kind: kind as Kind, key, take: which });
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 py-2.5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="break-words font-medium">
          {dealId || kind === "deals" ? <Link href={dealPath(dealId ?? key)}>{called}</Link> : called}
        </p>
        {differs.map((difference) => (
          <p key={difference.field} className="break-words text-ink-2 text-sm">
            {words(difference)}
          </p>
        ))}
      </div>
      <GuardedButton
        size="small"
        because={may.here}
        isPending={settle.isPending}
        onPress={() => take("here")}
      >
        Keep ours
      </GuardedButton>
      <GuardedButton
        size="small"
        because={may.there}
        isPending={settle.isPending}
        onPress={() => take("there")}
      >
        Take theirs
      </GuardedButton>
    </li>
  );
}

function words({ field, here, there }: Difference): string {
  if (field !== "") return `${field}: here ${shown(here)}, there ${shown(there)}`;
  return there === null ? `Gone there; here ${shown(here)}` : "Taken away here, and it says it anew";
}

const shown = (value: unknown) => (value === null || value === "" ? "nothing" : String(value));
