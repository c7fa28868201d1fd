import type { Outputs } from "@/lib/api/client";

export type InboxItem = Outputs["inbox"]["items"][number];

/** Known by its kind and what it is about while its facts stand. */
export const keyOf = ({ kind, subjectId }: Pick<InboxItem, "kind" | "subjectId">) => `${kind} ${subjectId}`;
