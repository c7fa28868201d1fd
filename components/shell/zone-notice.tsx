"use client";

import Link from "next/link";
import { mayEver, useMe } from "@/components/shared/use-me";
import { placeOf } from "@/lib/text/days";

/** Asks an admin, from the first start on, whose day it is, until somebody has said so (domain.md §9). */
export function ZoneNotice() {
  const me = useMe();
  if (!me || me.demo || me.timeZoneSaidOn !== null || !mayEver(me, "settings.edit")) return null;
  return (
    <p className="text-pretty text-ink-2 text-xs">
      Days are counted in {placeOf(me.timeZone)}, the server's time zone.{" "}
      <Link href="/settings/company" className="text-accent-ink underline underline-offset-2">
        Say the company's
      </Link>
    </p>
  );
}
