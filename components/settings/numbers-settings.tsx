"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Chip } from "@/components/ui/chip";
import { ErrorState } from "@/components/ui/error-state";
import { TextField } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table, Td, Th } from "@/components/ui/table";
import { api, type Outputs } from "@/lib/api/client";
import { USER_ROLE_NAMES } from "@/lib/auth/roles";

type Named = Outputs["metricsCatalogue"]["metrics"][number];

const UNITS: Readonly<Record<Named["figures"][number]["unit"], string>> = {
  money: "Money",
  perUnit: "Money per 1 won",
  share: "Share",
  times: "Multiple",
  days: "Days",
  deals: "Deals",
};

/** What every number is called, how it is worked out, who answers for it, and what it opens to. */
export function NumbersSettings() {
  const { data, error, refetch } = useQuery(api.metricsCatalogue.queryOptions({ input: {} }));
  const [text, setText] = useState("");
  // The address may name one; it is not there before the answer is.
  useEffect(() => {
    if (data) document.getElementById(window.location.hash.slice(1))?.scrollIntoView({ block: "start" });
  }, [data]);
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />;
  if (!data) return <SkeletonRows rows={10} label="Loading the numbers" />;
  const wanted = text.trim().toLowerCase();
  const shown = data.metrics.filter((one) => wordsOf(one).includes(wanted));
  return (
    <div className="flex max-w-4xl flex-col gap-8">
      <p className="max-w-[70ch] text-pretty text-ink-2">
        Every page, export, call of the API and SQL view takes its numbers from these definitions. A
        definition gets a new version when it would make another number of the same deals.
      </p>
      <TextField
        label="Find a number"
        labelHidden
        placeholder="Find a number"
        value={text}
        onChange={setText}
        className="max-w-sm"
      />
      {shown.length === 0 && <p className="text-ink-2">No number is called that</p>}
      {shown.map((one) => (
        <NumberPanel key={one.key} named={one} />
      ))}
    </div>
  );
}

const wordsOf = ({ key, name, figures }: Named) =>
  [key, name, ...figures.map((figure) => figure.name)].join(" ").toLowerCase();

function NumberPanel({ named }: { named: Named }) {
  const { key, name, formula, owner, version, view, figures } = named;
  return (
    <Panel id={key} title={name} aside={<Chip tone="quiet">Version {version}</Chip>} className="scroll-mt-4">
      <p className="max-w-[70ch] text-pretty">{formula}.</p>
      <p className="mt-1 mb-2 text-ink-2 text-xs">
        {USER_ROLE_NAMES[owner]} answers for it.
        {view && (
          <>
            {" "}
            SQL view <code className="select-all">{view}</code>.
          </>
        )}
      </p>
      <Table label={`Figures of ${name}`}>
        <thead>
          <tr>
            <Th>Figure</Th>
            <Th>Unit</Th>
            <Th>Opens to</Th>
            {view && <Th>Column</Th>}
          </tr>
        </thead>
        <tbody>
          {figures.map((figure) => (
            <tr key={figure.key}>
              <th scope="row" className="border-line border-b pr-2 text-left font-normal">
                {figure.name}
              </th>
              <Td className="whitespace-nowrap text-ink-2">{UNITS[figure.unit]}</Td>
              <Td className="text-ink-2">{figure.opens}</Td>
              {view && (
                <Td>
                  <code className="select-all text-xs">{figure.column}</code>
                </Td>
              )}
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
