/** Ids in the order that somebody gave to some of them; the others follow whom they always follow. */
export function inOrder(ids: readonly string[], order: readonly string[]): string[] {
  const named = order.filter((id, at) => ids.includes(id) && order.indexOf(id) === at);
  const placed = [...named];
  ids.forEach((id, at) => {
    if (named.includes(id)) return;
    placed.splice(at === 0 ? 0 : placed.indexOf(ids[at - 1]!) + 1, 0, id);
  });
  return placed;
}

/** The order once one has gone a place towards the front (−1) or the end (1); nothing where that is the usual one. */
export function moved(ids: readonly string[], order: readonly string[], id: string, by: -1 | 1): string[] {
  const now = inOrder(ids, order);
  const from = now.indexOf(id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= now.length) return [...order];
  [now[from], now[to]] = [now[to]!, id];
  return now.every((one, at) => one === ids[at]) ? [] : now;
}
