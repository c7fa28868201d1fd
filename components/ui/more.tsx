import { Button } from "./button";
import { usePrintWhole } from "./print-whole";

/** The next page of a list, where there is one; printing asks for all of them. */
export function More({
  list,
}: {
  list: {
    data: { pages: readonly { rows: readonly unknown[] }[] } | undefined;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage(): Promise<{ hasNextPage: boolean }>;
  };
}) {
  usePrintWhole(list, list.data?.pages[0]?.rows.length ?? 1);
  if (!list.hasNextPage) return null;
  return (
    <div className="flex justify-center py-3 print:hidden">
      <Button onPress={() => list.fetchNextPage()} isPending={list.isFetchingNextPage}>
        Show more
      </Button>
    </div>
  );
}
