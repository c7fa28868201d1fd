"use client";

import { useQueryClient } from "@tanstack/react-query";
import { makeStale } from "@/components/shared/stale";
import { type Autosaved, useAutosave } from "@/components/ui/use-autosave";
import { api, client } from "@/lib/api/client";
import { canonicalJson } from "@/lib/attribution/canonical";
import type { Policy } from "@/lib/attribution/policy";
import type { PolicyAnswer } from "./policy-words";

export interface PolicyText {
  title: string;
  document: Policy;
}

const textOf = ({ title, document }: PolicyAnswer): PolicyText => ({ title, document });

const isText = (stored: unknown) =>
  typeof stored === "object" && stored !== null && "title" in stored && "document" in stored;

const same = (one: PolicyText, other: PolicyText) =>
  one === other || canonicalJson(one) === canonicalJson(other);

export interface DraftText extends Autosaved<PolicyText> {
  /** What one wrote and cannot keep as it is: beside another's text, or over one that is frozen since. */
  clashes: PolicyText | null;
}

/**
 * A draft's text under one's hands: every change shows at once and is saved when the hands rest. When
 * somebody else was first, both stand side by side until one is chosen.
 */
export function usePolicyText(policy: PolicyAnswer): DraftText {
  const queries = useQueryClient();
  const input = { policyId: policy.id };
  const asked = api.policy.queryKey({ input });
  const draft = useAutosave<PolicyText>({
    name: `policy.${policy.id}`,
    isValue: isText,
    stands: { value: textOf(policy), version: policy.version },
    maySave: policy.may.edit === true,
    same,
    save: async (text, version) => {
      const { answer } = await client.editDraft({ ...input, version, ...text });
      queries.setQueryData(asked, (old) => old && { ...old, ...text, version: answer.version });
      await makeStale(queries, "editDraft");
      return answer.version;
    },
    refresh: async () => {
      const fresh = await queries.fetchQuery({ ...api.policy.queryOptions({ input }), staleTime: 0 });
      return { value: textOf(fresh), version: fresh.version };
    },
  });
  const isFrozen = policy.state !== "draft";
  const clashes = draft.state === "conflict" || (isFrozen && draft.state !== "saved") ? draft.value : null;
  return { ...draft, value: isFrozen ? draft.stands : draft.value, clashes };
}
