import type { Metadata } from "next";
import { AccountsPage } from "@/components/records/accounts-page";

export const metadata: Metadata = { title: "Accounts" };

export default function Page() {
  return <AccountsPage />;
}
