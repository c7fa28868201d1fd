import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { Providers } from "@/components/shell/providers";
import { Shell } from "@/components/shell/shell";
import { ask } from "@/lib/api/ask";
import { currentActor } from "@/lib/auth/session";
import { signInPath } from "@/lib/auth/wanted";
import { me } from "@/lib/queries/company/me";

export default async function AppLayout({ children }: { children: ReactNode }) {
  const actor = await currentActor();
  if (!actor) redirect(await signInPath());
  return (
    <Providers>
      <Shell me={await ask(me, {}, actor)}>{children}</Shell>
    </Providers>
  );
}
