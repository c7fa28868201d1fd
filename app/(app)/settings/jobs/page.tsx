import type { Metadata } from "next";
import { JobsSettings } from "@/components/settings/jobs-settings";

export const metadata: Metadata = { title: "Jobs" };

export default function Page() {
  return <JobsSettings />;
}
