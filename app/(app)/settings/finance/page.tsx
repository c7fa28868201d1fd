import type { Metadata } from "next";
import { FinanceSettings } from "@/components/settings/finance-settings";

export const metadata: Metadata = { title: "Costs & rates" };

export default function Page() {
  return <FinanceSettings />;
}
