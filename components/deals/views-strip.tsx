"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMe } from "@/components/shared/use-me";
import { useUnserved } from "@/components/shared/use-unserved";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import { onDemand } from "@/components/ui/on-demand";
import { Strip } from "@/components/ui/strip";
import { Tooltip } from "@/components/ui/tooltip";
import { api } from "@/lib/api/client";
import type { DealsParams } from "./deals-filters";
import { addressOf, builtInViews, isSavedView, isView, paramsOf, type Shown, shownBy } from "./views";

const SaveViewDialog = onDemand(() => import("./name-view-dialog").then((m) => m.SaveViewDialog));
const ViewMenu = onDemand(() => import("./view-menu").then((m) => m.ViewMenu));

/** The views one click away: the built-in ones, one's own, then those that others share. */
export function Views({ params, onShow }: { params: DealsParams; onShow(shown: Shown): void }) {
  const me = useMe();
  const asked = useQuery({ ...api.savedViewsList.queryOptions({ input: {} }), staleTime: 60_000 });
  const data = useUnserved(asked.data);
  const [isNaming, setNaming] = useState(false);
  const builtIn = builtInViews(Boolean(me?.user.ownerName), me?.quarter);
  const saved = data?.views ?? [];
  const current = saved.find((view) => isSavedView(view, params)) ?? null;
  const currentBuiltIn = current ? undefined : builtIn.find((view) => isView(view, params));
  const address = addressOf(params);
  const isKept = current !== null || address === addressOf(currentBuiltIn ? shownBy(currentBuiltIn) : {});
  return (
    <Strip label="Views" className="flex items-center gap-1 px-2.5 pb-2.5 sm:px-4.5 print:hidden">
      <ul className="flex min-w-0 gap-0.5 overflow-x-auto py-0.5">
        {builtIn.map((view) => (
          <li key={view.name}>
            <Chosen isCurrent={view === currentBuiltIn} onChoose={() => onShow(shownBy(view))}>
              {view.name}
            </Chosen>
          </li>
        ))}
        {saved.map((view) => (
          <li key={view.id}>
            <Tooltip
              text={view.by ? `Shared by ${view.by}` : view.shared ? "Shared with everybody" : "Yours"}
            >
              <Chosen isCurrent={view === current} onChoose={() => onShow(paramsOf(view.address))}>
                {view.name}
                {view.shared && <Icon name="people" className="size-3 text-ink-3" />}
              </Chosen>
            </Tooltip>
          </li>
        ))}
      </ul>
      {current && <ViewMenu view={current} />}
      {data?.may.save === true && !isKept && !params.number && (
        <Button size="small" look="quiet" icon="plus" onPress={() => setNaming(true)}>
          Save view
        </Button>
      )}
      {isNaming && <SaveViewDialog address={address} onClose={() => setNaming(false)} />}
    </Strip>
  );
}

function Chosen({
  isCurrent,
  onChoose,
  children,
  ...described
}: {
  isCurrent: boolean;
  onChoose(): void;
  children: React.ReactNode;
}) {
  return (
    <button
      {...described}
      type="button"
      aria-pressed={isCurrent}
      onClick={onChoose}
      className={classNames(
        "inline-flex h-7 items-center gap-1 whitespace-nowrap rounded-md px-2",
        isCurrent ? "bg-hover font-medium text-ink" : "text-ink-2 hover:bg-hover hover:text-ink",
      )}
    >
      {children}
    </button>
  );
}
