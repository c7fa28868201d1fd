/**
 * The cases in the order of a review's meeting: like by like, the kind with the most at stake first, whatever was
 * decided meanwhile, so that nothing moves under whoever presses a key.
 */
export function inMeetingOrder<Case extends { id: string; amount: number; kind: string }>(
  cases: readonly Case[],
): Case[] {
  const byAmount = [...cases].sort((a, b) => b.amount - a.amount || (a.id < b.id ? -1 : 1));
  const kinds = [...new Set(byAmount.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => byAmount.filter((one) => one.kind === kind));
}
