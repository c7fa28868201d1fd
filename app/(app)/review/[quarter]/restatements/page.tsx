import type { Metadata } from "next";
import { RestatementsPage } from "@/components/review/restatements-page";

interface Props {
  params: Promise<{ quarter: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Restatements of ${decodeURIComponent((await params).quarter)}` };
}

export default async function Page({ params }: Props) {
  const quarter = decodeURIComponent((await params).quarter);
  return <RestatementsPage key={quarter} quarter={quarter} />;
}
