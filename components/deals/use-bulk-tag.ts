import { remember } from "@/components/shared/recent";
import { useMe } from "@/components/shared/use-me";
import { type RehearsedDeal, useRehearsal } from "@/components/shared/use-rehearsal";
import { useWrite } from "@/components/shared/use-write";
import { type FormOf, useForm } from "@/components/ui/use-form";
import type { Role } from "@/lib/attribution/vocabulary";
import { count } from "@/lib/text/words";
import type { DealRow } from "./deal-row";
import { tagHere } from "./tag-here";

interface Fields {
  /** Undefined until somebody says otherwise than the prefill. */
  partnerId: string | null | undefined;
  role: Role | null;
  touchedOn: string;
}

/** What tagging would make of each deal, asked once for all of them. */
export interface Rehearsed {
  /** Whether enough is filled in to ask. */
  isAsked: boolean;
  /** By deal: what it would become, or why it does not take it. */
  deals: ReadonlyMap<string, RehearsedDeal>;
  leftOut: ReadonlyMap<string, string>;
  /** Why none can be tagged so. */
  error: Error | null;
}

interface Naming {
  /** Whom one would most likely name; null while nothing speaks for anybody. */
  likely: string | null;
  nameOf(partnerId: string): string | undefined;
  onDone(): void;
}

/** Names one partner on several deals: what is filled in, what it would do, and whom it leaves out. */
export function useBulkTag(
  rows: readonly DealRow[],
  { likely, nameOf, onDone }: Naming,
): { form: FormOf<Fields>; partnerId: string | null; rehearsed: Rehearsed; taking: readonly DealRow[] } {
  const meant = ({ partnerId, ...said }: Fields) => ({
    ...said,
    partnerId: partnerId === undefined ? likely : partnerId,
  });
  const today = useMe()?.today ?? "";
  const open = rows.filter(({ state }) => state === "open");
  const closed = rows.flatMap((row) =>
    row.state === "open" ? [] : [[row.id, String(tagHere(row))] as const],
  );
  const start: Fields = { partnerId: undefined, role: null, touchedOn: today };
  const write = useWrite("tagPartners", {
    quiet: true,
    undo: true,
    said: ({ answer: { rowIds } }, { partnerId }) =>
      `${nameOf(partnerId) ?? "The partner"} tagged on ${count(rowIds.length, "deal")}`,
    onDone: (_, { partnerId }) => {
      remember({ partners: partnerId });
      onDone();
    },
  });
  const all = useForm({
    start,
    sent: (values: Fields) => claimOf(meant(values), open),
    write: {
      ...write,
      mutate: (claim, told) => write.mutate({ ...claim, dealIds: taking.map(({ id }) => id) }, told),
    },
  });
  const asked = claimOf(meant(all.values), open);
  const { data, error } = useRehearsal("tagPartners", asked);
  const leftOut = new Map([
    ...closed,
    ...(asked && data ? data.leftOut.map(({ dealId, rule }) => [dealId, rule] as const) : []),
  ]);
  const taking = rows.filter(({ id }) => !leftOut.has(id));
  const deals = new Map(asked && data ? data.deals.map((deal) => [deal.dealId, deal]) : []);
  return {
    form: { ...all, ready: all.ready && taking.length > 0 },
    partnerId: meant(all.values).partnerId,
    rehearsed: { isAsked: asked !== null, deals, leftOut, error: asked && error },
    taking,
  };
}

/** The write over some deals; null while it is not told. */
function claimOf(
  { partnerId, role, touchedOn }: Omit<Fields, "partnerId"> & { partnerId: string | null },
  rows: readonly DealRow[],
) {
  if (partnerId === null || role === null || touchedOn === "") return null;
  return { dealIds: rows.map(({ id }) => id), partnerId, role, touchedOn };
}
