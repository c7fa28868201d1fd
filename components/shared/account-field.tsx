"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { ComboBox } from "@/components/ui/combo-box";
import { api } from "@/lib/api/client";
import { list } from "@/lib/text/words";
import { useWrite } from "./use-write";

const FOUND = 20;

/** Finds an account by typing, or enters the one that the text names. */
export function AccountField({
  value,
  known,
  onChange,
  problem,
  autoFocus,
}: {
  value: string | null;
  /** What the chosen one is called, where somebody else chose it. */
  known?: { id: string; name: string };
  onChange(id: string | null): void;
  problem?: string | null;
  autoFocus?: boolean;
}) {
  const [text, setText] = useState("");
  const search = useDeferredValue(text.trim());
  const found = useQuery({
    ...api.accountsList.queryOptions({ input: { limit: FOUND, ...(search ? { search } : {}) } }),
    placeholderData: keepPreviousData,
  });
  const create = useWrite("createAccount", { said: (_, { name }) => `${name} is an account now` });
  const rows = found.data?.rows.map((row) => ({
    id: row.id,
    name: row.name,
    detail: list(row.domains.slice(0, 2)) || undefined,
    also: row.domains,
  }));
  const items = known && !rows?.some(({ id }) => id === known.id) ? [known, ...(rows ?? [])] : rows;
  return (
    <ComboBox
      label="Account"
      noun="account"
      placeholder="Customer's name or domain"
      items={items}
      isLooking={search !== text.trim() || found.isPlaceholderData}
      onSearch={setText}
      value={value}
      onChange={onChange}
      problem={problem}
      autoFocus={autoFocus}
      create={{
        label: (name) => `Add account “${name}”`,
        make: async (name) => {
          const { accountId } = (await create.mutateAsync({ name })).answer;
          return { id: accountId, name };
        },
      }}
    />
  );
}
