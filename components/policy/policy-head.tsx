"use client";

import Link from "next/link";
import { DemoMarker } from "@/components/shared/demo-marker";
import { useMe } from "@/components/shared/use-me";
import type { SaveState } from "@/components/ui/autosave";
import { GuardedButton, IconButton } from "@/components/ui/button";
import { buttonLook } from "@/components/ui/button-look";
import { Menu } from "@/components/ui/menu";
import { PageHeader } from "@/components/ui/page-header";
import { count } from "@/lib/text/words";
import { type PolicyAnswer, STANDING_WORDS } from "./policy-words";
import { StandingChip } from "./standing-chip";

/** Which policy it is, where it stands, and what can be done with it. */
export function PolicyHead({
  policy,
  title,
  saving,
  invalid,
  onStart,
  onDiscard,
  onPropose,
}: {
  policy: PolicyAnswer;
  /** As it is being written. */
  title: string;
  /** Null where nothing can be edited. */
  saving: SaveState | null;
  /** Settings that are not valid as typed. */
  invalid: number;
  onStart(): void;
  onDiscard(): void;
  onPropose(): void;
}) {
  return (
    <PageHeader
      title={title}
      beside={
        <>
          <StandingChip policy={policy} />
          {policy.demo && <DemoMarker />}
          {saving && <SavingLine saving={saving} invalid={invalid} />}
        </>
      }
      lead={
        <>
          <Link href="/policy" className="underline decoration-line-control underline-offset-3">
            Policies
          </Link>{" "}
          <span className="text-ink-3">/</span> {STANDING_WORDS[policy.state].definition}
        </>
      }
      actions={
        <>
          <a
            className={buttonLook("plain")}
            href={`/api/policy/${encodeURIComponent(policy.id)}/memo.pdf`}
            target="_blank"
            rel="noreferrer"
          >
            PDF
          </a>
          <IconButton label="Print the memo" icon="export" look="plain" onPress={() => window.print()} />
          <More policy={policy} onStart={onStart} onDiscard={onDiscard} />
          {policy.state === "draft" && (
            <GuardedButton
              look="primary"
              because={invalid > 0 ? "A setting is not valid: put it right first" : policy.may.propose}
              onPress={onPropose}
            >
              Propose
            </GuardedButton>
          )}
        </>
      }
    />
  );
}

function More({ policy, onStart, onDiscard }: { policy: PolicyAnswer; onStart(): void; onDiscard(): void }) {
  const me = useMe();
  const mayDraft = policy.may.edit === true || me?.may["policy.draft"] !== undefined;
  return (
    <Menu
      label="More"
      button={<IconButton label="More" icon="more" look="plain" />}
      choices={[
        {
          id: "start",
          label: "Start a draft from this text",
          because: mayDraft || "Only the head of partnerships drafts",
          onChoose: onStart,
        },
        ...(policy.state === "draft"
          ? [
              {
                id: "discard",
                label: "Discard this draft",
                because: policy.may.discard,
                onChoose: onDiscard,
              },
            ]
          : []),
      ]}
    />
  );
}

const SAVING_WORDS: Readonly<Record<SaveState, string>> = {
  saved: "Saved",
  waiting: "Saving…",
  saving: "Saving…",
  failed: "Not saved",
  conflict: "Two versions",
};

/** "Saved" is said only of everything that stands on the page. */
function SavingLine({ saving, invalid }: { saving: SaveState; invalid: number }) {
  const bad = saving === "failed" || saving === "conflict" || invalid > 0;
  return (
    <span role="status" className={bad ? "text-danger text-xs" : "text-ink-3 text-xs"}>
      {invalid > 0
        ? `${count(invalid, "setting is", "settings are")} not valid and not saved`
        : SAVING_WORDS[saving]}
    </span>
  );
}
