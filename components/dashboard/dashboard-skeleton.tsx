import { Skeleton } from "@/components/ui/skeleton";

/** The four panes before their numbers. */
export function DashboardSkeleton() {
  return (
    <div
      role="status"
      aria-label="Loading the numbers"
      aria-busy="true"
      className="grid border-line border-t md:grid-cols-2 xl:grid-cols-4"
    >
      {["pipeline", "rate", "cycle", "cost"].map((pane) => (
        <div
          key={pane}
          className="flex flex-col gap-4 border-line border-b px-4 py-4 sm:px-5 md:odd:border-r xl:[&:not(:last-child)]:border-r"
        >
          <Skeleton className="w-44" />
          <Skeleton className="h-9" />
          <Skeleton className="h-16" />
          <Skeleton className="w-full" />
          <Skeleton className="w-4/5" />
          <Skeleton className="w-3/5" />
        </div>
      ))}
    </div>
  );
}
