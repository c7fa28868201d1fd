import type { Metadata } from "next";
import { SignOnSettings } from "@/components/settings/sign-on-settings";

export const metadata: Metadata = { title: "Single sign-on" };

export default function Page() {
  return <SignOnSettings />;
}
