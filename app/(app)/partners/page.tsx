import type { Metadata } from "next";
import { PartnersPage } from "@/components/records/partners-page";

export const metadata: Metadata = { title: "Partners" };

export default function Page() {
  return <PartnersPage />;
}
