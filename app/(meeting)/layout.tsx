import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { MeetingRoom } from "@/components/review/meeting-room";
import { Providers } from "@/components/shell/providers";
import { ask } from "@/lib/api/ask";
import { currentActor } from "@/lib/auth/session";
import { signInPath } from "@/lib/auth/wanted";
import { me } from "@/lib/queries/company/me";

/** The meeting fills the screen: no shell around it. */
export default async function MeetingLayout({ children }: { children: ReactNode }) {
  const actor = await currentActor();
  if (!actor) redirect(await signInPath());
  return (
    <Providers>
      <MeetingRoom me={await ask(me, {}, actor)}>{children}</MeetingRoom>
    </Providers>
  );
}
