import type { Metadata } from "next";
import { NumbersSettings } from "@/components/settings/numbers-settings";

export const metadata: Metadata = { title: "Numbers" };

export default function Page() {
  return <NumbersSettings />;
}
