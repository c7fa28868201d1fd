import Link from "next/link";
import { EvidenceMark } from "@/components/shared/evidence";
import { Money } from "@/components/shared/money";
import { PartnerNames } from "@/components/shared/names";
import { OutcomeBadge } from "@/components/shared/outcome-badge";
import { Table, Td, Th } from "@/components/ui/table";
import type { Outputs } from "@/lib/api/client";
import { DEAL_OUTCOME_LABELS } from "@/lib/attribution/words";

type Line = Outputs["accountRecord"]["deals"][number];

/** Deals on a record's page, each a link. */
export function DealTable({ label, rows }: { label: string; rows: readonly Line[] }) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <Th>Deal</Th>
          <Th>State</Th>
          <Th align="end">Amount</Th>
          <Th>Outcome</Th>
          <Th>Partners</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className="hover:bg-hover">
            <Td className="min-w-40">
              <Link
                href={`/deals/${encodeURIComponent(row.id)}`}
                className="rounded-sm font-medium hover:text-accent-ink hover:underline"
              >
                {row.account ?? row.id}
              </Link>
              <span className="block text-ink-3 text-xs">
                {row.id} · {row.owner}
              </span>
            </Td>
            <Td className="whitespace-nowrap">
              {row.state === "open" ? `Stage ${row.stage}` : DEAL_OUTCOME_LABELS[row.state]}
            </Td>
            <Td align="end">
              <Money amount={row.amount} currency={row.currency} />
            </Td>
            <Td>
              <span className="inline-flex items-center gap-2">
                <OutcomeBadge outcome={row.outcome} />
                {row.evidence && <EvidenceMark grade={row.evidence} />}
              </span>
            </Td>
            <Td className="min-w-36">
              <PartnerNames partners={uniqueOf(row.partners)} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

const uniqueOf = (partners: Line["partners"]) => [...new Map(partners.map((one) => [one.id, one])).values()];
