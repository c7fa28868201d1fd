"use client";

import { Button } from "@/components/ui/button";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import type { Outputs } from "@/lib/api/client";
import { INBOX_WORDS, type InboxKind } from "@/lib/metrics/inbox-kinds";
import type { InboxParams } from "./inbox-params";

const SCOPES = [
  { value: "mine", label: "Mine" },
  { value: "team", label: "My team's" },
  { value: "all", label: "Everybody's" },
] as const;

/** Whose items, and which kind of them; both stand in the address. */
export function InboxFilters({
  answer,
  params: { scope, kind, off },
  onChange,
}: {
  answer: Outputs["inbox"] | undefined;
  params: InboxParams;
  onChange(params: Partial<InboxParams>): void;
}) {
  // A team that one is not in is no choice, unless the address says so.
  const scopes = SCOPES.filter(({ value }) => value !== "team" || answer?.team || scope === "team");
  const kinds = (answer?.kinds ?? []).filter((one) => one.count > 0 || one.kind === kind);
  const every = kinds.reduce((sum, one) => sum + one.count, 0);
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 pb-3 sm:px-6">
      <SegmentedControl
        label="Whose"
        choices={scopes}
        value={scope}
        onChange={(next) => onChange({ scope: next, kind: null })}
      />
      <Select
        label="Kind"
        labelHidden
        className="w-56"
        value={kind ?? "every"}
        choices={[
          { value: "every", label: `Every kind (${every})` },
          ...kinds.map((one) => ({
            value: one.kind,
            label: `${INBOX_WORDS[one.kind].label} (${one.count}${one.more ? "+" : ""})`,
          })),
        ]}
        onChange={(next) => onChange({ kind: next === "every" ? null : (next as InboxKind) })}
      />
      <Button
        size="small"
        icon="clock"
        aria-pressed={off}
        onPress={() => onChange({ off: !off, kind: null })}
      >
        {off ? "Back to what is there" : "What I put off"}
      </Button>
    </div>
  );
}
