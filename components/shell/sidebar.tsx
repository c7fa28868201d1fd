"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { PolicyState } from "@/components/shared/policy-state";
import { useShell } from "@/components/shared/shell-actions";
import { type Me, mayEver, useMe } from "@/components/shared/use-me";
import { IconButton } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import { Kbd } from "@/components/ui/kbd";
import { Mark } from "@/components/ui/mark";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import { Tooltip } from "@/components/ui/tooltip";
import { api } from "@/lib/api/client";
import { USER_ROLE_NAMES } from "@/lib/auth/roles";
import { thousands } from "@/lib/text/numbers";
import { DemoNotice } from "./demo-notice";
import { PLACES } from "./nav";
import { SkipLinks } from "./skip-links";
import { ZoneNotice } from "./zone-notice";

const leave = async () => (await import("@/components/shared/session")).signOut();

/** Where one is, where one can go, who one is; a bar at the top where there is no room beside. */
export function Sidebar() {
  const me = useMe();
  const { openPalette } = useShell();
  const [isOpen, setOpen] = useState(false);

  return (
    <header className="z-20 flex shrink-0 flex-col border-line bg-sunken max-lg:sticky max-lg:top-0 max-lg:border-b lg:h-dvh lg:w-56 lg:border-r print:hidden">
      <SkipLinks />
      <div className="flex h-12 items-center gap-2 px-3 lg:px-4">
        <Mark />
        <span className="min-w-0 flex-1 truncate font-semibold">{me?.company ?? "Countersign"}</span>
        <span className="contents lg:hidden">
          <IconButton label="Find" icon="search" keys="⌘ K" onPress={() => openPalette()} />
          <IconButton
            label={isOpen ? "Close menu" : "Open menu"}
            icon={isOpen ? "close" : "menu"}
            aria-expanded={isOpen}
            aria-controls="shell-menu"
            onPress={() => setOpen(!isOpen)}
          />
        </span>
      </div>

      <div
        id="shell-menu"
        className={classNames("min-h-0 flex-1 flex-col gap-4 px-2 pb-3 lg:flex", isOpen ? "flex" : "hidden")}
      >
        <button
          type="button"
          onClick={() => openPalette()}
          className="hidden h-8 items-center gap-2 rounded-md border border-line-strong bg-surface px-2 text-ink-3 hover:border-line-control lg:flex"
        >
          <Icon name="search" className="size-3.5" />
          <span className="flex-1 text-left">Find or do…</span>
          <Kbd keys="⌘ K" />
        </button>

        <Places onGo={() => setOpen(false)} />
        <Foot me={me} />
      </div>
    </header>
  );
}

function Places({ onGo }: { onGo(): void }) {
  const here = usePathname();
  const me = useMe();
  return (
    <nav aria-label="Main">
      <ul className="flex flex-col gap-px">
        {PLACES.filter(({ may }) => !may || mayEver(me, may)).map((place) => {
          const current = here === place.href || here.startsWith(`${place.href}/`);
          return (
            <li key={place.href}>
              <Link
                href={place.href}
                aria-current={current ? "page" : undefined}
                onClick={onGo}
                className={classNames(
                  "flex h-8 items-center gap-2.5 rounded-md px-2",
                  current
                    ? "bg-surface font-medium text-ink shadow-[0_0_0_1px_var(--line)]"
                    : "text-ink-2 hover:bg-hover hover:text-ink",
                )}
              >
                <Icon name={place.icon} className={current ? "text-accent" : undefined} />
                {place.label}
                {place.href === "/inbox" && <InboxCount />}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** How much of one's own is left to fix; nothing where nothing is. */
function InboxCount() {
  const { data } = useQuery(api.inboxCount.queryOptions({ input: {}, staleTime: 60_000 }));
  if (!data || data.count === 0) return null;
  return (
    <span className="tabular ml-auto text-ink-3 text-xs">
      {thousands(data.count)}
      {data.more && "+"}
      <span className="sr-only"> to fix</span>
    </span>
  );
}

/** Under which policy all of it stands, and who one is. */
function Foot({ me }: { me: Me | undefined }) {
  const { showKeys } = useShell();
  return (
    <div className="mt-auto flex flex-col gap-3 px-2">
      <DemoNotice />
      <ZoneNotice />
      {me && (
        <div>
          <PolicyState policy={me.policy} />
        </div>
      )}
      <div className="flex items-center gap-1 border-line border-t pt-3">
        <Tooltip text="Your account">
          <Link href="/settings/account" className="-mx-1 min-w-0 flex-1 rounded-sm px-1 hover:bg-hover">
            <span className="block truncate font-medium">{me?.user.name ?? "…"}</span>
            <span className="block text-pretty text-ink-3 text-xs">
              {me && USER_ROLE_NAMES[me.user.role]}
            </span>
          </Link>
        </Tooltip>
        <IconButton label="Keys" icon="info" keys="?" size="small" onPress={showKeys} />
        <ThemeToggle />
        <IconButton label="Sign out" icon="signOut" size="small" onPress={leave} />
      </div>
    </div>
  );
}
