"use client";

import { Button } from "@/components/ui/button";
import { policyDifference } from "@/lib/attribution/policy-difference";
import { DifferenceList } from "./difference-list";
import type { PolicyAnswer } from "./policy-words";
import type { DraftText } from "./use-policy-text";

/** Two people changed one draft: both texts by their difference, and the choice between them. */
export function Conflict({ policy, draft }: { policy: PolicyAnswer; draft: DraftText }) {
  const { clashes: mine, stands: theirs } = draft;
  if (mine === null) return null;
  const changes = policyDifference(theirs.document, mine.document);
  const frozen = policy.state !== "draft";
  return (
    <section
      role="alert"
      aria-label="Conflict"
      className="mb-5 rounded-md border border-warn/60 bg-warn-soft px-4 py-3"
    >
      <h2 className="font-semibold text-warn">Somebody changed this draft while you did</h2>
      <p className="mt-0.5 text-ink-2">
        {frozen
          ? "It was proposed, so its text is frozen. Your changes can only go into a new draft."
          : "Nothing of yours is lost: below is theirs (crossed out) beside yours. Choose which one stands."}
      </p>
      {theirs.title !== mine.title && (
        <p className="mt-2">
          Title: <span className="text-ink-3 line-through">{theirs.title}</span> {mine.title}
        </p>
      )}
      {changes.length > 0 ? (
        <DifferenceList changes={changes} before="Theirs" after="Yours" linked={false} />
      ) : (
        <p className="mt-2 text-ink-2">The two texts read the same.</p>
      )}
      <div className="mt-2 flex flex-wrap gap-2">
        <Button onPress={draft.drop}>Take theirs</Button>
        {!frozen && (
          <Button look="primary" onPress={() => draft.keep()}>
            Keep mine
          </Button>
        )}
      </div>
    </section>
  );
}
