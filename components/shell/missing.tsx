import Link from "next/link";
import { buttonLook } from "@/components/ui/button-look";
import { EmptyState } from "@/components/ui/empty-state";

/** An address that leads nowhere. */
export function Missing() {
  return (
    <EmptyState
      title="There is no such page"
      icon="search"
      action={
        <Link href="/deals" className={buttonLook("primary")}>
          Go to deals
        </Link>
      }
    >
      <h1 className="sr-only">Not found</h1>
      The address may be old, or the record was withdrawn.
    </EmptyState>
  );
}
