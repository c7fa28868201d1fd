import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { InboxPage } from "@/components/inbox/inbox-page";
import { INBOX_PARAMS, inboxInput } from "@/components/inbox/inbox-params";
import { ask } from "@/lib/api/ask";
import { currentActor } from "@/lib/auth/session";
import { inbox } from "@/lib/queries/inbox/inbox";

export const metadata: Metadata = { title: "Inbox" };

const load = createLoader(INBOX_PARAMS);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const input = inboxInput(await load(searchParams));
  const actor = await currentActor();
  return <InboxPage first={actor && (await ask(inbox, input, actor))} />;
}
