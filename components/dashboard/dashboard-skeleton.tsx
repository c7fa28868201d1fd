import { Skeleton } from "@/components/ui/skeleton";

/** The four panes before their numbers. */
export function DashboardSkeleton() {
  return (
    <div
      role="status"
      aria-label="Loading the numbers"
      aria-busy="true"
      className="grid border-line border-t xl:grid-cols-2"
    >
      {["pipeline", "rate", "cycle", "cost"].map((pane) => (
        <div
          key={pane}
          className="flex flex-col gap-4 border-line border-b px-4 py-5 sm:px-6 xl:odd:border-r"
        >
          <Skeleton className="w-44" />
          <div className="grid grid-cols-2 gap-6">
            <Skeleton className="h-9" />
            <Skeleton className="h-16" />
          </div>
          <Skeleton className="w-full" />
          <Skeleton className="w-4/5" />
          <Skeleton className="w-3/5" />
        </div>
      ))}
    </div>
  );
}
