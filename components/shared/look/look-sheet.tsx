"use client";

import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { ComboBox } from "@/components/ui/combo-box";
import { DateField } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { api } from "@/lib/api/client";
import { DEAL_TYPES, PARTNER_KINDS, ROUTES } from "@/lib/attribution/vocabulary";
import { DEAL_TYPE_LABELS, PARTNER_KIND_LABELS, ROUTE_LABELS } from "@/lib/attribution/words";
import { isDay } from "@/lib/calendar";
import { type LookParams, NO_LOOK } from "./look-params";

const ANY = "any";
/** Where no past day is asked. */
const { asOf: _asOf, ...NOT_NARROWED } = NO_LOOK;

interface LookProps {
  params: LookParams;
  onChange(next: Partial<LookParams>): void;
}

/** Owner, team, partner, kind, type, route and a past day; loaded when somebody opens it. */
export function LookSheet({
  today,
  isNow,
  ...look
}: LookProps & { today: string | undefined; isNow: boolean }) {
  const { params, onChange } = look;
  return (
    <div className="flex w-64 flex-col gap-2.5 p-1">
      <Whose {...look} />
      <WhichPartners {...look} />
      <OneOf
        label="Deal type"
        any="Any type"
        all={DEAL_TYPES}
        words={DEAL_TYPE_LABELS}
        value={params.forType}
        onChange={(forType) => onChange({ forType })}
      />
      <OneOf
        label="Route"
        any="Any route"
        all={ROUTES}
        words={ROUTE_LABELS}
        value={params.forRoute}
        onChange={(forRoute) => onChange({ forRoute })}
      />
      {!isNow && (
        <DateField
          label="As of the end of"
          value={params.asOf ?? ""}
          max={today}
          note="What was shown on that day; now when empty"
          onChange={(day) => (day === "" || isDay(day)) && onChange({ asOf: day || null })}
        />
      )}
      <Button
        size="small"
        look="quiet"
        className="self-start"
        onPress={() => onChange(isNow ? NOT_NARROWED : NO_LOOK)}
      >
        {isNow ? "All deals" : "All deals, as of now"}
      </Button>
    </div>
  );
}

function Whose({ params, onChange }: LookProps) {
  const owners = useQuery({ ...api.ownersList.queryOptions({ input: {} }), staleTime: 60_000 }).data;
  const teams = owners?.teams ?? [];
  return (
    <>
      <ComboBox
        label="Owner"
        noun="owner"
        items={(owners?.owners ?? []).map(({ owner }) => ({ id: owner, name: owner }))}
        value={params.forOwner}
        placeholder="Anybody"
        onChange={(forOwner) => onChange({ forOwner })}
      />
      {teams.length > 0 && (
        <Select
          label="Team"
          value={params.forTeam ?? ANY}
          choices={[
            { value: ANY, label: "Any team" },
            ...teams.map((team) => ({ value: team, label: team })),
          ]}
          onChange={(team) => onChange({ forTeam: team === ANY ? null : team })}
        />
      )}
    </>
  );
}

function WhichPartners({ params, onChange }: LookProps) {
  const partners = useQuery({ ...api.partnersList.queryOptions({ input: {} }), staleTime: 60_000 }).data;
  return (
    <>
      <ComboBox
        label="Partner"
        noun="partner"
        items={(partners?.partners ?? []).map(({ id, name, kind }) => ({
          ...{ id, name },
          detail: PARTNER_KIND_LABELS[kind],
        }))}
        value={params.forPartner}
        placeholder="Any partner"
        onChange={(forPartner) => onChange({ forPartner })}
      />
      <OneOf
        label="Partner kind"
        any="Any kind"
        all={PARTNER_KINDS}
        words={PARTNER_KIND_LABELS}
        value={params.forKind}
        onChange={(forKind) => onChange({ forKind })}
      />
    </>
  );
}

/** One of a closed list, or any. */
function OneOf<T extends string>({
  label,
  any,
  all,
  words,
  value,
  onChange,
}: {
  label: string;
  any: string;
  all: readonly T[];
  words: Readonly<Record<T, string>>;
  value: T | null;
  onChange(next: T | null): void;
}) {
  return (
    <Select<string>
      label={label}
      value={value ?? ANY}
      choices={[{ value: ANY, label: any }, ...all.map((one) => ({ value: one, label: words[one] }))]}
      onChange={(next) => onChange(all.find((one) => one === next) ?? null)}
    />
  );
}
