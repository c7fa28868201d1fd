import type { Metadata } from "next";
import { PartnerSettings } from "@/components/settings/partner-settings";

export const metadata: Metadata = { title: "Partners" };

export default function Page() {
  return <PartnerSettings />;
}
