import type { Metadata } from "next";
import { ApiSettings } from "@/components/settings/api-settings";

export const metadata: Metadata = { title: "API" };

export default function Page() {
  return <ApiSettings />;
}
