import { Icon } from "@/components/ui/icon";

const LINK = /^https?:\/\//i;

/** A proof as it may safely be shown: only an http(s) link opens, in its own window, told nothing of us. */
export function Proof({ proof }: { proof: string | null }) {
  if (proof === null)
    return (
      <span className="inline-flex items-center gap-1 text-warn text-xs">
        <Icon name="alert" className="size-3" />
        No proof
      </span>
    );
  if (!LINK.test(proof))
    return (
      <span className="inline-flex min-w-0 items-center gap-1 text-ink-2 text-xs">
        <Icon name="note" className="size-3" />
        <span className="break-all">{proof.replace(/^note:/i, "Note ")}</span>
      </span>
    );
  return (
    <a
      href={proof}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="inline-flex min-w-0 max-w-full items-center gap-1 text-accent-ink text-xs underline decoration-line-control underline-offset-2 hover:decoration-current"
    >
      <Icon name="external" className="size-3" />
      <span className="max-w-80 truncate">{proof.replace(LINK, "")}</span>
      <span className="sr-only">, proof, opens in a new window</span>
    </a>
  );
}
