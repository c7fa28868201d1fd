import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { maySay } from "@/lib/commands/guard";
import { mayDelegateItem } from "@/lib/commands/inbox/guards";
import { DELEGABLE_KINDS, INBOX_KINDS, type InboxKind } from "@/lib/metrics/inbox-kinds";
import { defineQuery } from "../query";
import { guarded } from "./kind";
import { caseAssignedShape, casesToDecideShape } from "./kinds/cases";
import { closingUndecidedShape } from "./kinds/closing-undecided";
import { disputedShape } from "./kinds/disputed";
import { driftedShape } from "./kinds/drifted";
import { introductionWaitsShape, loopOpenShape } from "./kinds/introductions";
import { playDecidesShape } from "./kinds/play-decides";
import { registrationWaitsShape } from "./kinds/registration-waits";
import { roleAskedShape } from "./kinds/role-asked";
import { rowWaitsShape } from "./kinds/row-waits";
import { secondHandShape } from "./kinds/second-hand";
import { silentShape } from "./kinds/silent";
import { stepOverdueShape } from "./kinds/step-overdue";
import { updatesShortShape } from "./kinds/updates-short";
import { askedBy, type Item, readItems } from "./read-items";
import { hasTeam, SCOPES } from "./whose";

/** Of a kind so many are looked at: a week's work is less, and what is more is said to be. */
const BOUND = 200;

const inboxItemShape = z.discriminatedUnion("kind", [
  registrationWaitsShape,
  rowWaitsShape,
  roleAskedShape,
  introductionWaitsShape,
  loopOpenShape,
  closingUndecidedShape,
  updatesShortShape,
  stepOverdueShape,
  disputedShape,
  secondHandShape,
  driftedShape,
  caseAssignedShape,
  casesToDecideShape,
  playDecidesShape,
  silentShape,
]);
export type InboxItem = z.output<typeof inboxItemShape>;

/** What is there to fix this week (§8.4): one queue by owner, from facts alone. */
export const inbox = defineQuery({
  name: "inbox",
  summary:
    "What is to fix this week: items by kind, each with why it is there, since when, and what one may do.",
  input: z.strictObject({
    scope: z.enum(SCOPES).default("mine"),
    kind: z.enum(INBOX_KINDS).optional(),
    /** Those that one has put off, instead of the others. */
    snoozed: z.boolean().default(false),
    limit: z.int().min(1).max(500).default(100),
  }),
  output: z.object({
    /** How many of each kind, in the order of the queue, up to a bound; `more` where there are beyond it. */
    kinds: z.array(z.object({ kind: z.enum(INBOX_KINDS), count: z.int(), more: z.boolean() })),
    items: z.array(inboxItemShape),
    /** Of the kinds asked for, how many are not among `items`. */
    left: z.int(),
    /** Whether whoever asks is in a team. */
    team: z.boolean(),
  }),
  async run(context, { scope, kind, snoozed, limit }) {
    const { db, actor } = context;
    const [found, team] = await Promise.all([
      askedBy(context, scope, snoozed).then((asked) => readItems(db, asked, BOUND)),
      hasTeam(db, actor),
    ]);
    const wanted = found
      .filter((one) => kind === undefined || one.kind === kind)
      .flatMap(({ items }) => items);
    return {
      kinds: found.map(({ kind: of, items, more }) => ({ kind: of, count: items.length, more })),
      items: wanted.slice(0, limit).map((one) => itemOf(one, actor)),
      left: Math.max(0, wanted.length - limit),
      team,
    };
  },
});

function itemOf(item: Item, actor: Actor): InboxItem {
  const { kind, subjectId, dealId, partnerId, says, deal, account, partnerName } = item;
  const { owner, given, snoozedUntil, since, dueOn } = item;
  const isGiven = (DELEGABLE_KINDS as readonly InboxKind[]).includes(kind);
  return {
    ...{ kind, subjectId, account, owner, given, snoozedUntil, since, dueOn },
    mayGive: isGiven ? maySay(mayDelegateItem, actor, { deal: deal && guarded(item) }) : null,
    deal: deal && dealId !== null ? dealOf(dealId, deal) : null,
    partner: partnerId === null ? null : { id: partnerId, name: partnerName ?? "" },
    ...says,
  } as InboxItem;
}

function dealOf(id: string, { closedOn: _closed, monthLocked: _locked, ...deal }: NonNullable<Item["deal"]>) {
  return { id, ...deal };
}
