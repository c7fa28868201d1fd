"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { mayEver, useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { GuardedButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Outputs } from "@/lib/api/client";
import { STARTING_MENU } from "@/lib/attribution/menu";
import { INVOLVEMENT_WORDS } from "@/lib/attribution/words";
import { list } from "@/lib/text/words";

type Type = Outputs["activityMenu"]["types"][number];

const STARTS_WITH = new Set(STARTING_MENU.map(({ type }) => type));

/** Which activities are offered to whoever logs one, and the library from which more are added. */
export function ActivitySettings() {
  const { data, error, refetch } = useQuery(api.activityMenu.queryOptions({ input: {} }));
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />;
  if (!data) return <SkeletonRows rows={8} label="Loading the activities" />;
  const offered = data.types.filter((one) => one.offered);
  const library = data.types.filter((one) => !one.offered);
  return (
    <div className="flex max-w-4xl flex-col gap-8">
      <p className="max-w-[70ch] text-pretty text-ink-2">
        These are what somebody chooses from who logs what a partner did.{" "}
        {data.own
          ? "The policy in force brings them along."
          : "What is in the library is found by its name all the same; nothing that was logged is lost either way."}{" "}
        Which of them are named motions, and so decide credit, stands in the{" "}
        <Link href="/policy" className="text-accent-ink underline underline-offset-2">
          policy
        </Link>
        .
      </p>
      <Types
        title={`On the menu: ${offered.length}`}
        types={offered}
        offered={offered}
        isChosen={data.own ? undefined : isChosen}
      />
      {!data.own && library.length > 0 && (
        <Types
          title={`In the library: ${library.length}`}
          types={library}
          offered={offered}
          isChosen={isChosen}
        />
      )}
    </div>
  );
}

/** What the company took over from the library. */
const addedIn = (offered: readonly Type[]) =>
  offered.map(({ type }) => type).filter((type) => !STARTS_WITH.has(type));

/** The same, once `type` is on the menu or off it. */
function addedWith(offered: readonly Type[], type: string, isOn: boolean) {
  const others = addedIn(offered).filter((one) => one !== type);
  return { addedActivities: isOn ? [...others, type] : others };
}

function Types({
  title,
  types,
  offered,
  isChosen,
}: {
  title: string;
  types: readonly Type[];
  /** All that is on the menu now. */
  offered: readonly Type[];
  /** Which of them the company may put on or take off; none where its policy says. */
  isChosen?(type: Type): boolean;
}) {
  const me = useMe();
  const write = useWrite("editSettings", {
    said: () => "Activity menu changed",
    undo: true,
  });
  const may = mayEver(me, "settings.edit") || "Only an admin changes the company's settings";
  return (
    <Panel title={title}>
      <ul className="divide-y divide-line">
        {types.map((one) => (
          <li key={one.type} className="flex items-start justify-between gap-4 py-2">
            <div className="min-w-0 leading-snug">
              <p className="flex flex-wrap items-center gap-x-2">
                <span className="font-medium">{one.label}</span>
                {one.motion && <Chip tone="accent">Named motion</Chip>}
              </p>
              <p className="text-ink-2 text-xs">{one.definition}</p>
              <p className="text-ink-3 text-xs">{usualWords(one)}</p>
            </div>
            {isChosen?.(one) && (
              <GuardedButton
                size="small"
                look={one.offered ? "quiet" : "plain"}
                icon={one.offered ? undefined : "plus"}
                aria-label={`${one.offered ? "Take off" : "Add"} ${one.label}`}
                because={may}
                isPending={write.isPending}
                onPress={() => write.mutate(addedWith(offered, one.type, !one.offered))}
              >
                {one.offered ? "Take off" : "Add"}
              </GuardedButton>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Whether it is the company's choice: not what it started with, and not what its policy counts. */
const isChosen = ({ type, motion, offered }: Type) => !offered || (!motion && !STARTS_WITH.has(type));

function usualWords({ stages, involvement }: Type): string {
  const at = stages.length > 0 ? `Usually at stage ${list(stages.map(String), "or")}` : "At any stage";
  return `${at}, ${INVOLVEMENT_WORDS[involvement].label.toLowerCase()}`;
}
