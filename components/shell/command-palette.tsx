"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useDeferredValue, useState } from "react";
import { Autocomplete } from "react-aria-components/Autocomplete";
import { Dialog } from "react-aria-components/Dialog";
import { Header } from "react-aria-components/Header";
import { Input } from "react-aria-components/Input";
import { Collection, ListBox, ListBoxItem, ListBoxSection } from "react-aria-components/ListBox";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { SearchField } from "react-aria-components/SearchField";
import { useShell } from "@/components/shared/shell-actions";
import { mayEver, useMe } from "@/components/shared/use-me";
import { Icon } from "@/components/ui/icon";
import { Kbd } from "@/components/ui/kbd";
import { OPTION } from "@/components/ui/popover";
import { api } from "@/lib/api/client";
import { GLOSSARY, TERMS } from "@/lib/attribution/glossary";
import { formatMoney } from "@/lib/money";
import { PLACES } from "./nav";
import type { Entry } from "./palette-entry";
import { useMakings, useRecordsNamed } from "./palette-records";
import { useViews } from "./palette-views";

const DEALS_SHOWN = 8;

/** ⌘K: go anywhere, find any deal, do the things that have a key. */
export function CommandPalette({ text, onClose }: { text: string; onClose(): void }) {
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className="fixed inset-0 z-50 flex items-start justify-center bg-black/35 px-3 pt-[12dvh]"
    >
      <Modal className="overlay-in w-full max-w-xl overflow-hidden rounded-lg bg-raised shadow-overlay">
        <Dialog aria-label="Find or do" className="outline-none">
          {/* One Escape closes; the search field alone would first only clear itself. */}
          <div
            onKeyDownCapture={(event) => {
              if (event.key !== "Escape") return;
              event.stopPropagation();
              onClose();
            }}
          >
            <Palette start={text} onClose={onClose} />
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Palette({ start, onClose }: { start: string; onClose(): void }) {
  const [text, setText] = useState(start);
  const groups = useEntries(text.trim());
  const run = (id: unknown) => {
    onClose();
    groups
      .flatMap((group) => group.entries)
      .find((entry) => entry.id === id)
      ?.run();
  };
  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      <SearchField
        aria-label="Find or do"
        autoFocus
        className="flex items-center gap-2.5 border-line border-b px-4"
      >
        <Icon name="search" className="text-ink-3" />
        {/* The list under it is its own: one moves in it, and scrolls it, with the arrows from here. */}
        <Input
          role="combobox"
          aria-expanded
          placeholder="Find a deal, partner or account, go somewhere, make something"
          className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none [&::-webkit-search-cancel-button]:hidden"
        />
      </SearchField>
      <ListBox
        aria-label="Found"
        className="max-h-[50dvh] overflow-auto p-1.5 outline-none"
        onAction={run}
        renderEmptyState={() => <p className="px-3 py-6 text-center text-ink-3">Nothing by that name</p>}
      >
        {groups.map((group) => (
          <ListBoxSection key={group.title} id={group.title} className="pb-1">
            <Header className="eyebrow px-2 pt-2 pb-1">{group.title}</Header>
            <Collection items={group.entries}>
              {(entry) => (
                <ListBoxItem id={entry.id} textValue={entry.label} className={OPTION}>
                  <Icon name={entry.icon} className="size-3.5 text-ink-3" />
                  <span className="min-w-0 flex-1 truncate">{entry.label}</span>
                  {entry.detail && (
                    <span className="tabular shrink-0 text-ink-3 text-xs">{entry.detail}</span>
                  )}
                  {entry.keys && <Kbd keys={entry.keys} />}
                </ListBoxItem>
              )}
            </Collection>
          </ListBoxSection>
        ))}
      </ListBox>
    </Autocomplete>
  );
}

/** What there is for a text: deals by that name, then what to do, then where to go. */
function useEntries(text: string): { title: string; entries: Entry[] }[] {
  const matches = (entry: Entry) => entry.label.toLowerCase().includes(text.toLowerCase());
  return [
    { title: "Deals", entries: useDealsNamed(text) },
    { title: "Partners, accounts, registrations", entries: useRecordsNamed(text) },
    { title: "Views", entries: useViews().filter(matches) },
    { title: "Words", entries: useWords(text) },
    { title: "Do", entries: useActions().filter(matches) },
    { title: "Go", entries: usePlaces().filter(matches) },
  ].filter((group) => group.entries.length > 0);
}

function useDealsNamed(text: string): Entry[] {
  const router = useRouter();
  const search = useDeferredValue(text);
  const isAsked = search.length > 1;
  const found = useQuery({
    ...api.dealsList.queryOptions({ input: { search, limit: DEALS_SHOWN } }),
    enabled: isAsked,
    placeholderData: keepPreviousData,
  });
  const rows = isAsked ? (found.data?.rows ?? []) : [];
  return rows.map((deal) => ({
    id: `deal:${deal.id}`,
    label: deal.account ?? deal.id,
    icon: "deals",
    detail: `${deal.id} · ${formatMoney(deal.amount, deal.currency)}`,
    run: () => router.push(`/deals/${encodeURIComponent(deal.id)}`),
  }));
}

/** The words of the domain that begin so. */
function useWords(text: string): Entry[] {
  const { showWords } = useShell();
  if (text.length < 2) return [];
  const begins = text.toLowerCase();
  return TERMS.filter((term) => GLOSSARY[term].label.toLowerCase().startsWith(begins)).map((term) => ({
    id: `word:${term}`,
    label: GLOSSARY[term].label,
    icon: "note",
    detail: "what it means",
    run: () => showWords(term),
  }));
}

function useActions(): Entry[] {
  const router = useRouter();
  const me = useMe();
  const { logActivity, showKeys, showWords } = useShell();
  const log: Entry = {
    id: "log",
    label: "Log activity",
    icon: "activity",
    keys: "A",
    run: () => logActivity(),
  };
  const tag: Entry = {
    id: "tag",
    label: "Tag partner: deals that need a decision",
    icon: "tag",
    run: () => router.push("/deals?decision=true"),
  };
  return [
    ...(mayEver(me, "activity.log") ? [log] : []),
    ...(mayEver(me, "role.add") ? [tag] : []),
    ...useMakings(),
    { id: "words", label: "Words: what they mean", icon: "note", run: () => showWords() },
    { id: "keys", label: "Show keys", icon: "info", keys: "?", run: showKeys },
  ];
}

function usePlaces(): Entry[] {
  const router = useRouter();
  return PLACES.map((place) => ({
    id: place.href,
    label: `Go to ${place.label}`,
    icon: place.icon,
    keys: `G ${place.key.toUpperCase()}`,
    run: () => router.push(place.href),
  }));
}
