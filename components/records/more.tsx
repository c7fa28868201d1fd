import { Button } from "@/components/ui/button";

/** The next page of a list, where there is one. */
export function More({
  list,
}: {
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage(): unknown };
}) {
  if (!list.hasNextPage) return null;
  return (
    <div className="flex justify-center py-3">
      <Button onPress={() => list.fetchNextPage()} isPending={list.isFetchingNextPage}>
        Show more
      </Button>
    </div>
  );
}
