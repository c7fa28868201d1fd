import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ReviewPage } from "@/components/review/review-page";
import { ask } from "@/lib/api/ask";
import { currentActor } from "@/lib/auth/session";
import { isRefusal } from "@/lib/errors";
import { review } from "@/lib/queries/review/review";

interface Props {
  params: Promise<{ quarter: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Review of ${decodeURIComponent((await params).quarter)}` };
}

export default async function Page({ params }: Props) {
  const quarter = decodeURIComponent((await params).quarter);
  const actor = await currentActor();
  if (!actor) return null;
  // What is no quarter is no page; another refusal, a rate that is missing, is the page's to say in words.
  const first = await ask(review, { quarter }, actor).catch((error: unknown) => {
    if (!isRefusal(error)) throw error;
    if (error.field === "quarter") notFound();
    return null;
  });
  return <ReviewPage key={quarter} quarter={quarter} first={first} />;
}
