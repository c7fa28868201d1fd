"use client";

import Link from "next/link";
import { Fragment } from "react";
import { dealsOfParts } from "@/components/shared/figures/deals-of-parts";
import { useLookWords } from "@/components/shared/look/look";
import { lookAddress } from "@/components/shared/look/look-params";
import { Money } from "@/components/shared/money";
import { PolicyState } from "@/components/shared/policy-state";
import { useMe } from "@/components/shared/use-me";
import { Icon } from "@/components/ui/icon";
import type { Outputs } from "@/lib/api/client";
import { GRADE_WORDS } from "@/lib/attribution/words";
import { parseQuarter } from "@/lib/calendar";
import type { Figure } from "@/lib/metrics/definition";
import { METRICS } from "@/lib/metrics/quarter-numbers";
import { isDefined } from "@/lib/metrics/value";
import { numberText } from "@/lib/metrics/value-text";
import { formatMoney } from "@/lib/money";
import { decimal } from "@/lib/text/numbers";
import { count, plural } from "@/lib/text/words";
import type { DealsParams } from "./deals-filters";

/** What an address opens, in the number's own words, and whether its deals' amounts are what it adds up. */
function describe(
  number: string,
  part: string | null,
): { name: string; parts: { key: string; name: string }[]; adds: boolean } {
  const metric = Object.entries(METRICS).find(([key]) => key === number)?.[1];
  if (!metric) return { name: number, parts: [], adds: false };
  const names: Readonly<Record<string, { name: string }>> = metric.parts;
  const keys = part?.split(",") ?? [];
  const figures: readonly Figure<string>[] = Object.values(metric.figures);
  return {
    name: metric.name,
    parts: keys.map((key) => ({ key, name: (names[key]?.name ?? key).toLowerCase() })),
    adds: figures.some(
      ({ adds, opens }) => adds === "amount" && typeof opens !== "function" && String(opens) === String(keys),
    ),
  };
}

type Opened = NonNullable<Outputs["dealsList"]["opened"]>;

/** Every digit of a term: what is rounded here could not be worked out again. */
function exactText(
  { unit, value }: Exclude<NonNullable<Opened["written"]>[number], string>,
  currency: string,
) {
  if (!isDefined(value)) return "—";
  if (unit === "money") return formatMoney(value, currency);
  if (unit === "perUnit") return decimal(value, 4);
  return unit === "share" ? decimal(value, 4) : numberText(value, unit, currency);
}

/** The number's sum as one writes it: "9 won ÷ 11 won or lost = 0.818", so that anybody can work it out again. */
function WrittenOut({ opened: { written, value, unit } }: { opened: Opened }) {
  const currency = useMe()?.reportingCurrency ?? "";
  if (!written || !isDefined(value)) return null;
  const comes = unit === "days" ? numberText(value, unit, currency) : decimal(value, 3);
  return (
    <span className="tabular mt-0.5 block">
      {written.map((one) =>
        typeof one === "string" ? (
          ` ${one} `
        ) : (
          <Fragment key={one.name}>
            <strong className="font-semibold">{exactText(one, currency)}</strong> {one.name}
          </Fragment>
        ),
      )}
      {" = "}
      <strong className="font-semibold">{comes}</strong>
      {unit === "share" && ` (${numberText(value, unit, currency)})`}
    </span>
  );
}

/** Says which dashboard number the list is, of which sets of deals it is made, and that amounts add up. */
export function NumberBanner({
  params,
  answer,
}: {
  params: DealsParams;
  answer: Pick<Outputs["dealsList"], "total" | "more" | "sum" | "opened"> | undefined;
}) {
  const me = useMe();
  const look = lookAddress(params);
  const words = useLookWords(params);
  if (!params.number || !params.quarter) return null;
  const { number, quarter } = params;
  const { name, parts, adds } = describe(number, params.part);
  const total = answer?.total ?? 0;
  return (
    <div
      role="status"
      className="mx-4 mb-2.5 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md bg-accent-soft px-3 py-2 text-accent-ink sm:mx-6"
    >
      <Icon name="dashboard" />
      <p className="min-w-0 flex-1 [&_span]:text-inherit">
        {answer ? (
          <>
            <strong className="tabular font-semibold">
              {total === 1
                ? "This deal makes"
                : `These ${answer.more ? "more than " : ""}${count(total, "deal")} make`}
            </strong>{" "}
            up <strong className="font-semibold">{name}</strong>
            {parts.length === 1 && ` (${parts[0]?.name})`}
            {params.evidence && `, ${GRADE_WORDS[params.evidence].label.toLowerCase()}`}, {quarter}
            {adds && answer.sum && (
              <>
                : {plural(total, "it is", "they add up to")}{" "}
                <strong className="font-semibold">
                  <Money amount={answer.sum.amount} currency={answer.sum.currency} />
                </strong>
              </>
            )}
            .{words && ` ${words}.`}
            {answer.opened?.written && <WrittenOut opened={answer.opened} />}
            {parts.length > 1 &&
              parts.map(({ key, name: set }, at) => (
                <Fragment key={key}>
                  {at === 0 ? " Sets: " : " · "}
                  <Link
                    href={dealsOfParts(quarter, number, [key], { look })}
                    className="underline underline-offset-2"
                  >
                    {set}
                  </Link>
                </Fragment>
              ))}
          </>
        ) : (
          `The deals of ${name}, ${quarter}`
        )}
      </p>
      {me && <PolicyState policy={me.policy} span={parseQuarter(quarter, me.fiscalYear)} />}
      <Link
        href={`/dashboard?${new URLSearchParams({ quarter, ...look })}`}
        className="underline underline-offset-2"
      >
        Back to the number
      </Link>
    </div>
  );
}
