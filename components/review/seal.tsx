import { Icon } from "@/components/ui/icon";
import { dayInWords } from "@/lib/text/days";
import { count } from "@/lib/text/words";
import type { ReviewAnswer } from "./answers";

type Sealed = NonNullable<ReviewAnswer["seal"]>;

/** Who sealed it, when, and the digest by which a stranger can check it. */
export function Seal({ seal, quarter }: { seal: Sealed; quarter: string }) {
  return (
    <section
      aria-label="Seal"
      className="self-start rounded-lg border border-accent/40 bg-accent-soft px-4 py-3.5"
    >
      <p className="flex items-center gap-2 font-semibold text-accent-ink">
        <Icon name="lock" /> Sealed by {seal.by} on {dayInWords(seal.asOf)}
      </p>
      <p className="tabular mt-1 text-ink-2">
        {count(seal.closed, "closed deal")}, facts as of {dayInWords(seal.asOf)}; prepared by{" "}
        {seal.prepared.by}
      </p>
      <p className="mt-3 text-ink-3 text-xs">Digest, SHA-256</p>
      <code className="block select-all break-all font-mono text-xs">{seal.digest}</code>
      <p className="mt-2 text-ink-3 text-xs">
        Checked by <code className="font-mono">npm run -s verify-quarter -- {quarter}</code>
      </p>
    </section>
  );
}
