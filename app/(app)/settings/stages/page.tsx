import type { Metadata } from "next";
import { StageSettings } from "@/components/settings/stage-settings";

export const metadata: Metadata = { title: "Stages" };

export default function Page() {
  return <StageSettings />;
}
