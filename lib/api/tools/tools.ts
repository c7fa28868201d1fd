import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { parseInput } from "@/lib/commands/parse";
import { why } from "@/lib/queries/deal/why";
import { dealsList } from "@/lib/queries/deals/deals-list";
import { evidenceWaiting } from "@/lib/queries/evidence/evidence-waiting";
import { inbox } from "@/lib/queries/inbox/inbox";
import { moved } from "@/lib/queries/numbers/moved";
import { numbers } from "@/lib/queries/numbers/numbers";
import { backtestInput } from "@/lib/queries/policy/backtest-shapes";
import { policiesList } from "@/lib/queries/policy/policies-list";
import type { Query } from "@/lib/queries/query";
import { idShape, quarterShape } from "@/lib/queries/shapes";
import { ask, askBacktest } from "../ask";

/** A question that a model may ask. It reads; nothing here writes, and none decides credit. */
export interface Tool {
  name: string;
  title: string;
  /** When to ask it, and how what it answers is read. */
  description: string;
  input: z.ZodType;
  answer(input: unknown, actor: Actor, signal?: AbortSignal): Promise<unknown>;
}

/** A tool that is a query, with all or some of its input. */
function asking(query: unknown, told: Omit<Tool, "answer" | "input">, input?: z.ZodType): Tool {
  const asked = query as Query;
  return {
    ...told,
    input: input ?? asked.input,
    answer: (given, actor) => ask(asked, input ? parseInput(input, given) : given, actor),
  };
}

const draftInput = z.strictObject({ policyId: idShape, quarters: z.array(quarterShape).max(20).optional() });

/** What a model is told of a number's answers, which are data. */
const READING =
  "Money is in minor units with its currency. A value `{ undefined: reason }` does not exist; say why, and never fill it in.";

export const TOOLS: readonly Tool[] = [
  asking(
    dealsList,
    {
      name: "find_deal",
      title: "Find a deal",
      description: `Deals by words of their account, id or owner, with outcome and evidence as they stand. ${READING}`,
    },
    z.strictObject({ search: z.string().max(200), limit: z.int().min(1).max(50).default(10) }),
  ),
  asking(why, {
    name: "why_deal",
    title: "Why a deal counts as it does",
    description:
      "The outcome of one deal with each test, the facts that it read and the clause of the signed policy. The outcome is decided; explain it, do not propose another.",
  }),
  asking(numbers, {
    name: "numbers",
    title: "The numbers of a quarter",
    description: `The four numbers with interval, n, benchmark and comparison; the quarter under way when none is named. ${READING}`,
  }),
  asking(moved, {
    name: "why_moved",
    title: "Why a number moved",
    description:
      "What moved a number of a quarter between two days, by cause and deal, adding up exactly. `number`: sourcedPipeline, influencedWinRate, cycleReduction, costPerPartnerDollar, or a figure of one.",
  }),
  asking(inbox, {
    name: "inbox",
    title: "What waits for the key's owner",
    description:
      "What its owner has to do this week, each item with why, by when and where. Only people do it.",
  }),
  asking(policiesList, {
    name: "policies",
    title: "The policies",
    description: "Policies with their state: a draft's id is what backtest_draft takes.",
  }),
  {
    name: "backtest_draft",
    title: "What a draft would change",
    description: `A policy held against what judges now: which deals would move between outcomes, and the numbers of the named quarters before and after. Nothing is stored, and a draft drives no number. ${READING}`,
    input: draftInput,
    async answer(given, actor, signal) {
      const { policyId, quarters } = parseInput(draftInput, given);
      const input = backtestInput.parse({ policy: { policyId }, quarters });
      for await (const event of await askBacktest(input, actor, signal))
        if (event.event === "result") return event;
      throw new Error("the backtest was cut off");
    },
  },
  asking(evidenceWaiting, {
    name: "evidence_waiting",
    title: "Evidence that waits for a person",
    description:
      "What was read of mails, invitations, transcripts and notes, with the sentence quoted. A person accepts or dismisses it; quote it as a proposal.",
  }),
];
