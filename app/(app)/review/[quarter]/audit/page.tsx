import type { Metadata } from "next";
import { AuditRoomPage } from "@/components/audit-room/audit-room-page";

interface Props {
  params: Promise<{ quarter: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Auditor's room of ${decodeURIComponent((await params).quarter)}` };
}

export default async function Page({ params }: Props) {
  const quarter = decodeURIComponent((await params).quarter);
  return <AuditRoomPage key={quarter} quarter={quarter} />;
}
