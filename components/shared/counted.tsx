/** A count at a list's head, in a `dl`. */
export function Counted({ what, value }: { what: string; value: number }) {
  return (
    <div>
      <dt className="text-ink-2 text-xs">{what}</dt>
      <dd className="tabular mt-0.5 font-semibold text-xl">{value}</dd>
    </div>
  );
}
