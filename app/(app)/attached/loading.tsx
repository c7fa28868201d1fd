import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <>
      <PageHeader title="Attached vs direct" />
      <div className="border-line border-t px-4 pt-4 sm:px-6">
        <SkeletonRows rows={8} label="Comparing deals with and without a partner" />
      </div>
    </>
  );
}
