"use client";

import { useState } from "react";
import { Button } from "./button";

/** Takes a link or a key along; where the clipboard is closed to pages, its text can still be selected. */
export function CopyLink({ text, says = "Copy link" }: { text: string; says?: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => {},
    );
  };
  return (
    <Button icon={copied ? "check" : "link"} onPress={copy}>
      {copied ? "Copied" : says}
    </Button>
  );
}
