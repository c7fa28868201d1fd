"use client";

import { IconButton } from "@/components/ui/button";
import { say } from "@/components/ui/toasts";

/** The text that is hashed and its SHA-256, so that anybody can compute it again. */
export function FrozenText({ canonical, hash }: { canonical: string; hash: string }) {
  return (
    <div>
      <p className="font-medium text-ink-2 text-xs">SHA-256</p>
      <div className="flex items-start gap-1">
        <p data-hash className="tabular min-w-0 flex-1 break-all text-xs">
          {hash.match(/.{1,8}/g)?.join("​") /* zero-width spaces let it break in groups */}
        </p>
        <IconButton
          label="Copy the hash"
          icon="note"
          size="small"
          onPress={() => {
            navigator.clipboard.writeText(hash);
            say("Hash copied");
          }}
        />
      </div>
      <details className="mt-1">
        <summary className="w-fit cursor-default rounded-sm text-ink-3 text-xs hover:text-ink">
          The text it is made of: canonical JSON (RFC 8785), {canonical.length} characters
        </summary>
        <pre className="mt-1.5 max-h-48 overflow-auto whitespace-pre-wrap break-all rounded-md border border-line bg-sunken px-3 py-2 text-2xs text-ink-2">
          {canonical}
        </pre>
      </details>
    </div>
  );
}
