"use client";

import Link from "next/link";
import { useShell } from "@/components/shared/shell-actions";
import { mayEver, useMe } from "@/components/shared/use-me";
import { Button } from "@/components/ui/button";
import { buttonLook } from "@/components/ui/button-look";
import { EmptyState } from "@/components/ui/empty-state";
import { type DealsFilters, NO_FILTERS } from "./deals-filters";

export function DealsEmpty({
  filtered,
  onClear,
}: {
  filtered: boolean;
  onClear(filters: DealsFilters): void;
}) {
  const me = useMe();
  const { make } = useShell();
  const mayImport = mayEver(me, "import.run");
  if (filtered)
    return (
      <EmptyState
        title="No deal matches"
        icon="filter"
        action={<Button onPress={() => onClear(NO_FILTERS)}>Clear the filters</Button>}
      >
        Nothing in this view right now. Clear a filter, or look in another view.
      </EmptyState>
    );
  return (
    <EmptyState
      title="No deals yet"
      action={
        <>
          {mayImport && (
            <Link href="/import" className={buttonLook("primary")}>
              Import deals
            </Link>
          )}
          {mayEver(me, "deal.create") && (
            <Button look={mayImport ? "plain" : "primary"} icon="plus" onPress={() => make("deal")}>
              New deal
            </Button>
          )}
          {mayImport && (
            <Link href="/start" className={buttonLook()}>
              Get started
            </Link>
          )}
        </>
      }
    >
      The deals of your CRM belong here, each with the partners on it and what they earned. They come in
      through an import{mayImport ? "" : ", which an admin runs"}, or one by one by hand.
    </EmptyState>
  );
}
