import { clauseAnchor } from "@/components/shared/policy-address";
import { useDayOf } from "@/components/shared/use-me";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import { Tooltip } from "@/components/ui/tooltip";
import type { Clause } from "@/lib/attribution/clauses";
import type { Memo } from "@/lib/attribution/memo";
import type { MenuEntry } from "@/lib/attribution/menu";
import { dayInWords } from "@/lib/text/days";
import { shortHash } from "./policy-words";
import { StagePicture } from "./stage-picture";

export interface MemoSheetProps {
  memo: Memo;
  /** The SHA-256 of exactly this text. */
  hash: string | null;
  /** What the hash stands for today: `Draft, not binding`. */
  state: string;
  signatures: readonly { seat: string; signature: { name: string; at: string } | null }[];
  /** Clauses that read otherwise in the policy held against; a line in the margin marks them. */
  changed?: ReadonlySet<Clause>;
}

/** The one page that people sign: rendered from the memo structure, on screen and on paper alike. */
export function MemoSheet({ memo, hash, state, signatures, changed }: MemoSheetProps) {
  const [buckets, roleTable, stageRules, activities, edgeCases] = memo.sections;
  return (
    <article
      data-memo
      aria-label="Memo"
      className="mx-auto w-full max-w-184 rounded-md border border-line bg-surface px-5 py-6 text-ink text-xs shadow-[0_1px_2px_rgb(0_0_0/4%),0_12px_32px_-24px_rgb(0_0_0/30%)] sm:px-8 sm:py-7"
    >
      <header className="flex items-end justify-between gap-4 border-ink border-b-2 pb-2">
        <div className="min-w-0">
          <p className="text-[0.92em] text-ink-3">Partner attribution memo</p>
          <h2 className="font-semibold text-xl leading-tight">{memo.title}</h2>
          <p className="text-ink-2">{memo.subtitle}</p>
        </div>
        <p className="shrink-0 text-right text-[0.92em] text-ink-2">
          {state}
          {hash && (
            <Tooltip text={hash}>
              <span className="tabular block text-ink-3">{shortHash(hash)}</span>
            </Tooltip>
          )}
        </p>
      </header>

      <Section section={buckets} changed={changed} />

      <Section section={roleTable} changed={changed}>
        <RoleTable table={memo.roleTable} />
      </Section>

      <Section section={stageRules} changed={changed}>
        <div className="mt-2">
          <StagePicture picture={memo.picture} />
        </div>
      </Section>

      <Section section={activities} changed={changed}>
        <Activities
          title="Named motions"
          entries={memo.activities.motions}
          empty="No activity is a motion."
        />
        <Activities title="Other activities" entries={memo.activities.others} />
      </Section>

      <Section section={edgeCases} changed={changed}>
        {memo.programs.length > 0 && (
          <>
            <h4 className="mt-1.5 font-medium text-[0.92em] text-ink-3">Programs</h4>
            <dl>
              {memo.programs.map(({ program, label, definition }) => (
                <div key={program}>
                  <dt className="inline font-medium">{label}. </dt>
                  <dd className="inline text-ink-2">{definition}</dd>
                </div>
              ))}
            </dl>
          </>
        )}
      </Section>

      <Signatories signatories={memo.signatories} signatures={signatures} />
      {hash && (
        <p className="mt-3 break-all text-2xs text-ink-3">
          SHA-256 of this memo as canonical JSON: <span className="tabular">{hash}</span>
        </p>
      )}
    </article>
  );
}

function Section({
  section,
  changed,
  children,
}: {
  section: Memo["sections"][number] | undefined;
  changed?: ReadonlySet<Clause>;
  children?: React.ReactNode;
}) {
  if (!section) return null;
  return (
    <div className="mt-3.5">
      <h3 className="mb-1 border-line border-b pb-0.5 font-semibold text-sm">{section.title}</h3>
      <dl className="flex flex-col gap-0.5">
        {section.clauses.map(({ clause, name, text }) => (
          <div
            key={clause}
            id={clauseAnchor(clause)}
            className={classNames(
              "-mx-2 grid scroll-mt-24 gap-x-3 sm:grid-cols-[7.25rem_1fr] print:grid-cols-[7.25rem_1fr] rounded-sm px-2 py-px target:animate-[cited_3s_ease-out]",
              changed?.has(clause) &&
                "bg-accent-soft/60 shadow-[inset_2px_0_0_var(--accent)] print:bg-transparent print:shadow-none",
            )}
          >
            <dt className="font-medium">
              <Tooltip text={`Cited as ${clause}`}>
                <a
                  href={`#${clauseAnchor(clause)}`}
                  className="rounded-sm hover:text-accent-ink hover:underline"
                >
                  {name}
                </a>
              </Tooltip>
              {changed?.has(clause) && <span className="sr-only">, reads otherwise</span>}
            </dt>
            <dd className="text-pretty text-ink-2">{text}</dd>
          </div>
        ))}
      </dl>
      {children}
    </div>
  );
}

/** The columns that are filled in for every deal, and what each role means. */
function RoleTable({ table }: { table: Memo["roleTable"] }) {
  return (
    <>
      <ul aria-label="Columns of the role table" className="mt-1.5 flex flex-wrap pt-px pl-px">
        {table.columns.map((column) => (
          <li
            key={column}
            className="-mt-px -ml-px grow border border-line bg-sunken px-1.5 py-0.5 font-medium text-[0.92em] text-ink-2"
          >
            {column}
          </li>
        ))}
      </ul>
      <dl className="mt-1.5 grid gap-x-6 gap-y-0.5 sm:grid-cols-2 print:grid-cols-2">
        {table.roles.map(({ role, label, definition }) => (
          <div key={role}>
            <dt className="inline font-medium">{label}. </dt>
            <dd className="inline text-ink-2">{definition}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** Who signs, each on a line of their own, signed or not. */
function Signatories({
  signatories,
  signatures,
}: Pick<Memo, "signatories"> & Pick<MemoSheetProps, "signatures">) {
  const dayOf = useDayOf();
  return (
    <div className="mt-4 break-inside-avoid">
      <h3 className="sr-only">Signatories</h3>
      <ul className="grid grid-cols-3 gap-5">
        {signatories.map(({ seat, title }) => {
          const signature = signatures.find((one) => one.seat === seat)?.signature;
          return (
            <li key={seat} className="min-w-0">
              <p className="flex min-h-9 items-end gap-1.5 border-ink border-b pb-0.5 leading-tight">
                {signature && (
                  <>
                    <Icon name="stamp" className="size-3.5 text-accent" />
                    <span className="min-w-0 font-medium">{signature.name}</span>
                  </>
                )}
              </p>
              <p className="pt-0.5 text-[0.92em] text-ink-2">{title}</p>
              <p className="text-[0.92em] text-ink-3">
                {signature ? `Signed ${dayInWords(dayOf(signature.at))}` : "Not signed"}
              </p>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Activities({ title, entries, empty }: { title: string; entries: MenuEntry[]; empty?: string }) {
  return (
    <div className="mt-1.5">
      <h4 className="font-medium text-[0.92em] text-ink-3">{title}</h4>
      {entries.length === 0 ? (
        <p className="text-ink-2">{empty ?? "None."}</p>
      ) : (
        <dl className="gap-x-6 sm:columns-2 print:columns-2">
          {entries.map(({ type, label, definition }) => (
            <div key={type} className="break-inside-avoid py-px leading-snug">
              <dt className="inline font-medium">{label}. </dt>
              <dd className="inline text-ink-2">{definition}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
