import type { Metadata } from "next";
import { StatementPage } from "@/components/statement/statement-page";

export const metadata: Metadata = { title: "Statement", robots: { index: false }, referrer: "no-referrer" };

export default function Page() {
  return <StatementPage />;
}
