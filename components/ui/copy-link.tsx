"use client";

import { useState } from "react";
import { Button } from "./button";

/** Takes a link along; where the clipboard is closed to pages, its text can still be selected. */
export function CopyLink({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => {},
    );
  };
  return (
    <Button icon={copied ? "check" : "link"} onPress={copy}>
      {copied ? "Copied" : "Copy link"}
    </Button>
  );
}
