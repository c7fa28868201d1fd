import type { Metadata } from "next";
import { CompensationSettings } from "@/components/settings/compensation-settings";

export const metadata: Metadata = { title: "Compensation" };

export default function Page() {
  return <CompensationSettings />;
}
