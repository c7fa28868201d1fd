import { DealSkeleton } from "@/components/deal/deal-skeleton";

export default function Loading() {
  return <DealSkeleton />;
}
