"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { Me } from "@/components/shared/use-me";
import { api } from "@/lib/api/client";

/** Around the full-screen meeting, in place of the shell: the server knew who is here, so must the first render. */
export function MeetingRoom({ me, children }: { me: Me; children: ReactNode }) {
  const queries = useQueryClient();
  useState(() => queries.setQueryData(api.me.queryKey({ input: {} }), me));
  return <div className="flex min-h-dvh flex-col lg:h-dvh lg:overflow-hidden">{children}</div>;
}
