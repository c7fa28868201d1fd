import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

/** What belongs here and how it gets here. */
export function EmptyState({
  title,
  icon = "deals",
  children,
  action,
}: {
  title: string;
  icon?: IconName;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-14 text-center">
      <Icon name={icon} className="size-6 text-ink-3" strokeWidth={1.1} />
      <p className="font-semibold text-base">{title}</p>
      {children && <div className="text-balance text-ink-2">{children}</div>}
      {action && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
