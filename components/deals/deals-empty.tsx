"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useShell } from "@/components/shared/shell-actions";
import { mayEver, useMe } from "@/components/shared/use-me";
import { Button } from "@/components/ui/button";
import { buttonLook } from "@/components/ui/button-look";
import { EmptyState } from "@/components/ui/empty-state";
import { api } from "@/lib/api/client";
import { type DealsFilters, type DealsParams, isFiltered, NO_FILTERS } from "./deals-filters";
import { isView, MINE_OPEN } from "./views";

/** Nothing in the list: of this view, of the reader's own, or in the whole house, and what to do about it. */
export function DealsEmpty({
  params,
  onClear,
}: {
  params: DealsParams;
  onClear(filters: DealsFilters): void;
}) {
  const isNarrowed = isFiltered(params);
  const any = useQuery({ ...api.dealsList.queryOptions({ input: { limit: 1 } }), enabled: isNarrowed });
  const own = useMe()?.user.ownerName;
  if (isNarrowed && any.isPending) return null;
  if (!isNarrowed || any.data?.rows.length === 0) return <NoDeals />;
  if (own && isView({ name: "", filters: MINE_OPEN }, params))
    return (
      <EmptyState
        title="You have no open deals"
        action={
          <>
            <NewDeal isFirst />
            <Button onPress={() => onClear(NO_FILTERS)}>All deals</Button>
          </>
        }
      >
        The open deals that the CRM has under the name {own} stand here.
      </EmptyState>
    );
  return (
    <EmptyState
      title="No deal matches"
      icon="filter"
      action={<Button onPress={() => onClear(NO_FILTERS)}>Clear the filters</Button>}
    >
      Nothing in this view right now. Clear a filter, or look in another view.
    </EmptyState>
  );
}

function NewDeal({ isFirst }: { isFirst: boolean }) {
  const { make } = useShell();
  return (
    mayEver(useMe(), "deal.create") && (
      <Button look={isFirst ? "primary" : "plain"} icon="plus" onPress={() => make("deal")}>
        New deal
      </Button>
    )
  );
}

/** The house has none: what belongs here, and how it gets here. */
function NoDeals() {
  const me = useMe();
  const mayImport = mayEver(me, "import.run");
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
          <NewDeal isFirst={!mayImport} />
          {mayImport && (
            <Link href="/start" className={buttonLook()}>
              Get started
            </Link>
          )}
        </>
      }
    >
      The deals of your CRM belong here, each with the partners on it and what they earned. They come in
      through an import{mayImport ? "" : ", which an admin runs"}, or one by one by hand
      {me?.user.ownerName ? `; yours under the name ${me.user.ownerName}` : ""}.
    </EmptyState>
  );
}
