"use client";

import { useQuery } from "@tanstack/react-query";
import { Panel } from "@/components/ui/panel";
import { api, type Outputs } from "@/lib/api/client";
import { decimal } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";

type Clock = Outputs["responseTimes"]["all"]["response"];
type Times = Outputs["responseTimes"]["all"];

/** How long a partner's introductions wait for our first response and for the loop back, by rep and by partner. */
export function ResponseTimes({ partnerId }: { partnerId?: string }) {
  const { data } = useQuery(api.responseTimes.queryOptions({ input: partnerId ? { partnerId } : {} }));
  if (!data || ran(data.all.response) === 0) return null;
  return (
    <Panel title="Time to response" id="time-to-response">
      <p className="text-pretty text-ink-2">Warm introductions of the last {data.days} days.</p>
      <Table
        label="Time to response and to the loop back"
        rows={[
          { name: "All", ...data.all },
          ...data.reps.map(({ rep, ...times }) => ({ name: rep, ...times })),
        ]}
        of="Rep"
      />
      {partnerId === undefined && (
        <Table
          label="Time to response and to the loop back, by partner"
          rows={data.partners.map(({ partner, ...times }) => ({ name: partner.name, ...times }))}
          of="Partner"
        />
      )}
    </Panel>
  );
}

function Table({
  label,
  rows,
  of,
}: {
  label: string;
  rows: readonly (Times & { name: string })[];
  of: string;
}) {
  const head = "py-1 pe-3 text-start font-normal text-ink-2 text-xs";
  return (
    <table aria-label={label} className="mt-2 w-full table-fixed">
      <thead>
        <tr>
          {[of, "To our response", "To the loop back"].map((name) => (
            <th key={name} scope="col" className={head}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, response, loop }) => (
          <tr key={name} className="border-line border-t align-top">
            <th scope="row" className="break-words py-1 pe-3 text-start font-normal">
              {name}
            </th>
            <td className="tabular py-1 pe-3 text-ink-2 text-xs">{clockWords(response)}</td>
            <td className="tabular py-1 text-ink-2 text-xs">{clockWords(loop)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const ran = ({ stopped, waiting, never }: Clock) => stopped + waiting + never;

function clockWords(clock: Clock): string {
  const { medianDays, stopped, waiting, never } = clock;
  if (ran(clock) === 0) return "—";
  const days =
    medianDays === null ? "" : Number.isInteger(medianDays) ? String(medianDays) : decimal(medianDays, 1);
  return [
    medianDays === null ? "none yet" : `median ${days} ${days === "1" ? "day" : "days"}, n = ${stopped}`,
    ...(waiting > 0 ? [count(waiting, "waits", "wait")] : []),
    ...(never > 0 ? [`${never} never`] : []),
  ].join(" · ");
}
