import { clauseAnchor } from "@/components/shared/policy-address";
import { Icon } from "@/components/ui/icon";
import type { ClauseChange } from "@/lib/attribution/policy-difference";

/** What reads otherwise, clause by clause in the words of the memos. */
export function DifferenceList({
  changes,
  before,
  after,
  linked = true,
}: {
  changes: readonly ClauseChange[];
  /** What the two sides are called. */
  before: string;
  after: string;
  /** The memo stands on the same page, so a clause's name goes to it. */
  linked?: boolean;
}) {
  return (
    <ol className="divide-y divide-line">
      {changes.map(({ clause, name, before: was, after: is }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a clause may change in several entries; the order is the memo's
        <li key={`${clause} ${at}`} className="py-2.5">
          <h3 className="font-medium">
            {linked ? (
              <a
                href={`#${clauseAnchor(clause)}`}
                className="rounded-sm hover:text-accent-ink hover:underline"
              >
                {name}
              </a>
            ) : (
              name
            )}
          </h3>
          <dl className="mt-1 flex flex-col gap-1 text-pretty">
            <Side name={before} mark="minus" text={was} />
            <Side name={after} mark="plus" text={is} />
          </dl>
        </li>
      ))}
    </ol>
  );
}

function Side({ name, mark, text }: { name: string; mark: "plus" | "minus"; text: string | null }) {
  const isNew = mark === "plus";
  return (
    <div className={isNew ? "flex gap-2 text-ink" : "flex gap-2 text-ink-3"}>
      <dt>
        <Icon name={mark} className={isNew ? "mt-1 size-3 text-accent" : "mt-1 size-3"} strokeWidth={2} />
        <span className="sr-only">{name}: </span>
      </dt>
      <dd className={text === null ? "italic" : isNew ? undefined : "line-through decoration-line-control"}>
        {text ?? "Says nothing"}
      </dd>
    </div>
  );
}
