import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <>
      <PageHeader title="Deals" />
      <div className="px-4 pt-16 sm:px-6">
        <SkeletonRows rows={14} label="Loading deals" />
      </div>
    </>
  );
}
