import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <>
      <PageHeader title="Policy" />
      <div className="border-line border-t px-4 pt-4 sm:px-6">
        <SkeletonRows rows={10} label="Loading the policy" />
      </div>
    </>
  );
}
