import { OUTCOME_COLOURS, OutcomeGlyph } from "@/components/shared/outcome-badge";
import { Tooltip } from "@/components/ui/tooltip";
import type { Memo, PictureCell } from "@/lib/attribution/memo";

const SAYS: Readonly<Record<PictureCell, string>> = {
  yes: "counts",
  direct: "counts with direct involvement",
  no: "does not count",
};

/** Which evidence earns what at which stage, as a picture that is a table to those who cannot see it. */
export function StagePicture({ picture }: { picture: Memo["picture"] }) {
  const hasDirect = picture.rows.some(({ cells }) => cells.includes("direct"));
  return (
    <div>
      <table
        aria-label="Stages and outcomes"
        className="w-full table-fixed border-separate border-spacing-x-0.5 border-spacing-y-1"
      >
        <thead>
          <tr>
            <th scope="col" className="w-[34%] text-left">
              <span className="sr-only">Outcome</span>
            </th>
            {picture.stages.map(({ stage, label }) => (
              <Tooltip key={stage} text={label}>
                <th scope="col" className="tabular pb-0.5 text-center font-medium text-[0.92em] text-ink-3">
                  <span className="sr-only">Stage </span>
                  {stage}
                  <span className="sr-only">, {label}</span>
                </th>
              </Tooltip>
            ))}
          </tr>
        </thead>
        <tbody>
          {picture.rows.map(({ outcome, label, by, cells }) => (
            <tr key={outcome}>
              <th scope="row" className="pr-2 text-left font-normal">
                <span className="flex items-center gap-1.5 font-medium">
                  <OutcomeGlyph outcome={outcome} />
                  {label}
                </span>
                <span className="block text-[0.92em] text-ink-3 leading-tight">{by}</span>
              </th>
              {cells.map((cell, stage) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its stage, which is its index
                <td key={stage} className="p-0">
                  <span
                    className="block h-4 rounded-[3px] print:[print-color-adjust:exact]"
                    style={cellLook(cell, OUTCOME_COLOURS[outcome])}
                  >
                    <span className="sr-only">{SAYS[cell]}</span>
                  </span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-1 text-[0.92em] text-ink-3 leading-snug">
        {picture.stages.map(({ stage, label }) => `${stage} ${label}`).join(" · ")}
        {hasDirect && ". Striped: with direct involvement only"}.
      </p>
    </div>
  );
}

function cellLook(cell: PictureCell, colour: string): React.CSSProperties {
  if (cell === "yes") return { background: colour };
  if (cell === "no") return { background: "var(--hover)" };
  return {
    background: `repeating-linear-gradient(135deg, ${colour} 0 2.5px, transparent 2.5px 5.5px)`,
    boxShadow: `inset 0 0 0 1px ${colour}`,
  };
}
