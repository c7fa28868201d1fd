import { SAID_MS, speak } from "@/components/ui/spoken";
import { Tooltip } from "@/components/ui/tooltip";
import { plural } from "@/lib/text/words";
import { markWords, type StageMark } from "./stage-marks";

const PARTNERS_SHOWN = 2;
const GLYPHS_SHOWN = 5;

/** A touch is a diamond, an activity a disc, empty without its proof: told apart without colour. */
const SHAPES: Readonly<Record<StageMark["facts"][number]["glyph"], React.ReactNode>> = {
  touch: <path d="M4 .4 7.6 4 4 7.6.4 4Z" fill="currentColor" />,
  proven: <circle cx="4" cy="4" r="3" fill="currentColor" />,
  unproven: <circle cx="4" cy="4" r="2.5" fill="none" stroke="currentColor" strokeWidth="1.2" />,
};

/** The partners at one stage of the path, each with what it did there; whom there is no room for is counted. */
export function StageMarks({ marks }: { marks: readonly StageMark[] }) {
  const rest = marks.slice(PARTNERS_SHOWN);
  return (
    <span className="mt-0.5 flex min-w-0 flex-col items-start">
      {marks.slice(0, PARTNERS_SHOWN).map((mark) => (
        <Mark key={mark.partner.id} mark={mark} />
      ))}
      {rest.length > 0 && (
        <Said words={rest.map(markWords).join(". ")}>
          and {rest.length} {plural(rest.length, "partner", "partners")} more
        </Said>
      )}
    </span>
  );
}

function Mark({ mark }: { mark: StageMark }) {
  const { partner, facts } = mark;
  const more = facts.length - GLYPHS_SHOWN;
  return (
    <Said words={markWords(mark)}>
      <span className="inline-flex shrink-0 items-center gap-0.5 text-accent-ink">
        {facts.slice(0, GLYPHS_SHOWN).map(({ id, glyph }) => (
          <svg key={id} viewBox="0 0 8 8" aria-hidden="true" className="size-2">
            {SHAPES[glyph]}
          </svg>
        ))}
        {more > 0 && <span className="tabular">+{more}</span>}
      </span>
      <span className="truncate">{partner.name}</span>
    </Said>
  );
}

/** Says itself to a pointer, the keyboard, a screen reader and a thumb. */
function Said({ words, children }: { words: string; children: React.ReactNode }) {
  return (
    <Tooltip text={words} names>
      <button
        type="button"
        aria-label={words}
        onClick={() => speak({ message: words, ms: SAID_MS })}
        className="inline-flex h-4.5 max-w-full cursor-help items-center gap-1 rounded-sm text-2xs text-ink-2 hover:text-ink pointer-coarse:h-7"
      >
        {children}
      </button>
    </Tooltip>
  );
}
