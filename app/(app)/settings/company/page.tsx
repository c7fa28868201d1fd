import type { Metadata } from "next";
import { CompanySettings } from "@/components/settings/company-settings";

export const metadata: Metadata = { title: "Company" };

export default function Page() {
  return <CompanySettings />;
}
