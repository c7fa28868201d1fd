import type { Metadata } from "next";
import { ActivitySettings } from "@/components/settings/activity-settings";

export const metadata: Metadata = { title: "Activities" };

export default function Page() {
  return <ActivitySettings />;
}
