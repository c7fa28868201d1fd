"use client";

import { useQuery } from "@tanstack/react-query";
import { Select } from "@/components/ui/select";
import { api } from "@/lib/api/client";
import { REGISTRATION_STATUSES, type RegistrationStatus } from "@/lib/attribution/vocabulary";
import { REGISTRATION_STATUS_LABELS } from "@/lib/attribution/words";
import type { ConnectionSettings, Looked } from "@/lib/interchange/connection";

const STATUS_CHOICES = [
  ...REGISTRATION_STATUSES.map((value) => ({
    value: value as string,
    label: REGISTRATION_STATUS_LABELS[value],
  })),
  { value: "none", label: "No registration yet" },
];

type Named = Pick<ConnectionSettings, "statuses" | "partners">;

interface Props {
  looked: Looked;
  named: Named;
  isDisabled: boolean;
  onChange(changed: Partial<Named>): void;
}

/** What a portal's statuses mean, and which of ours each partner is that it knows by a key of its own. */
export function PortalWords(props: Props) {
  const {
    looked,
    named: { statuses },
    isDisabled,
    onChange,
  } = props;
  return (
    <>
      {looked.statuses?.map(({ key, label }) => (
        <Select
          key={key}
          label={`Status: ${label}`}
          choices={STATUS_CHOICES}
          value={key in statuses ? (statuses[key] ?? "none") : null}
          isDisabled={isDisabled}
          onChange={(chosen) =>
            onChange({
              statuses: { ...statuses, [key]: chosen === "none" ? null : (chosen as RegistrationStatus) },
            })
          }
        />
      ))}
      {looked.partners && <TheirPartners {...props} keys={looked.partners} />}
    </>
  );
}

function TheirPartners({
  keys,
  named: { partners },
  isDisabled,
  onChange,
}: Props & { keys: NonNullable<Looked["partners"]> }) {
  const { data } = useQuery({ ...api.partnersList.queryOptions({ input: {} }), staleTime: 60_000 });
  const ours = (data?.partners ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return keys.map(({ key, label }) => (
    <Select
      key={key}
      label={`Partner: ${label}`}
      choices={[{ value: "", label: "By this key itself" }, ...ours]}
      value={partners[key] ?? ""}
      isDisabled={isDisabled}
      onChange={(chosen) => {
        const { [key]: _, ...rest } = partners;
        onChange({ partners: chosen === "" ? rest : { ...rest, [key]: chosen } });
      }}
    />
  ));
}
