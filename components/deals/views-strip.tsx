"use client";

import { useState } from "react";
import { useMe } from "@/components/shared/use-me";
import { Button, IconButton } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { onDemand } from "@/components/ui/on-demand";
import { type DealsFilters, type DealsParams, isFiltered, NO_FILTERS } from "./deals-filters";
import { builtInViews, filtersOf, isView, useSavedViews } from "./views";

const NameViewDialog = onDemand(() => import("./name-view-dialog").then((m) => m.NameViewDialog));

/** The views one click away: the built-in ones, then one's own. */
export function Views({
  params,
  setFilters,
}: {
  params: DealsParams;
  setFilters(filters: DealsFilters): void;
}) {
  const me = useMe();
  const saved = useSavedViews();
  const [isNaming, setNaming] = useState(false);
  const builtIn = builtInViews(Boolean(me?.user.ownerName), me?.quarter);
  const all = [...builtIn, ...saved.views];
  const current = all.find((view) => isView(view, params));
  const mine = current && saved.views.includes(current) ? current : null;

  return (
    <div className="flex items-center gap-1 px-2.5 pb-2.5 sm:px-4.5 print:hidden">
      <ul aria-label="Views" className="flex min-w-0 gap-0.5 overflow-x-auto py-0.5">
        {all.map((view) => (
          <li key={view.name}>
            <button
              type="button"
              aria-pressed={view === current}
              onClick={() => setFilters({ ...NO_FILTERS, ...view.filters })}
              className={classNames(
                "h-7 whitespace-nowrap rounded-md px-2",
                view === current
                  ? "bg-hover font-medium text-ink"
                  : "text-ink-2 hover:bg-hover hover:text-ink",
              )}
            >
              {view.name}
            </button>
          </li>
        ))}
      </ul>
      {mine && (
        <IconButton
          label={`Forget the view ${mine.name}`}
          icon="trash"
          size="small"
          onPress={() => saved.forget(mine.name)}
        />
      )}
      {!current && isFiltered(params) && !params.number && (
        <Button size="small" look="quiet" icon="plus" onPress={() => setNaming(true)}>
          Save view
        </Button>
      )}
      {isNaming && (
        <NameViewDialog
          onSave={(name) => {
            saved.save({ name, filters: filtersOf(params) });
            setNaming(false);
          }}
          onClose={() => setNaming(false)}
        />
      )}
    </div>
  );
}
