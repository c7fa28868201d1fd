import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

/** A deal that is on its way. */
export function DealSkeleton() {
  return (
    <div
      role="status"
      aria-label="Loading the deal"
      aria-busy="true"
      className="flex flex-col gap-4 px-4 py-4 sm:px-6"
    >
      <Skeleton className="w-24" />
      <Skeleton className="h-7 w-72" />
      <Skeleton className="w-96 max-w-full" />
      <Skeleton className="mt-4 h-10" />
      <SkeletonRows rows={4} label="Loading the role table" />
    </div>
  );
}
