import { notFound } from "next/navigation";

/** An address that leads nowhere is said within the house, with its ways on, and not outside of it. */
export default function Page() {
  notFound();
}
