import type { Metadata } from "next";
import { NoticesSettings } from "@/components/settings/notices-settings";

export const metadata: Metadata = { title: "Notices" };

export default function Page() {
  return <NoticesSettings />;
}
