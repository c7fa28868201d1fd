"use client";

import { useQuery } from "@tanstack/react-query";
import { ComboBox } from "@/components/ui/combo-box";
import type { FormField } from "@/components/ui/use-form";
import { api } from "@/lib/api/client";
import { count } from "@/lib/text/words";

/** By which name the CRM knows somebody as a deal's owner: one that owns deals, or one that will. */
export function OwnerField(field: FormField<string | null>) {
  const owners = useQuery(api.ownersList.queryOptions({ input: {} })).data?.owners;
  return (
    <ComboBox
      label="Owns the deals of"
      noun="owner"
      placeholder="Nobody's yet"
      note="The name that the CRM gives them as a deal's owner; those deals are theirs to tag and confirm."
      items={
        owners &&
        withOwn(
          owners.map(({ owner, deals }) => ({ id: owner, name: owner, detail: count(deals, "deal") })),
          field.value,
        )
      }
      create={named("Deals will come under")}
      {...field}
    />
  );
}

/** The team that somebody is in: one that others are in already, or a new one. */
export function TeamField(field: FormField<string | null>) {
  const people = useQuery(api.peopleList.queryOptions({ input: {} })).data?.people;
  const teams = [...new Set(people?.flatMap(({ team }) => team ?? []))].sort();
  return (
    <ComboBox
      label="Team"
      noun="team"
      placeholder="None"
      items={
        people &&
        withOwn(
          teams.map((team) => ({
            id: team,
            name: team,
            detail: count(people.filter((one) => one.team === team).length, "person", "people"),
          })),
          field.value,
        )
      }
      create={named("New team")}
      {...field}
    />
  );
}

/** What is chosen is found even where nobody else has it. */
const withOwn = (items: readonly { id: string; name: string; detail?: string }[], value: string | null) =>
  value === null || items.some(({ id }) => id === value) ? items : [{ id: value, name: value }, ...items];

/** A name is all that there is of it, so the text makes it. */
const named = (what: string) => ({
  label: (text: string) => `${what} “${text}”`,
  make: async (name: string) => ({ id: name, name }),
});
