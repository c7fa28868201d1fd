"use client";

import { useEffect, useRef, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { GLOSSARY, TERMS, type Term } from "@/lib/attribution/glossary";

const ALPHABETICAL = TERMS.toSorted((one, other) =>
  GLOSSARY[one].label.localeCompare(GLOSSARY[other].label, "en"),
);

/** Every word of the domain with its definition; the one that was asked for in sight. */
export function GlossaryDialog({ at, onClose }: { at?: Term; onClose(): void }) {
  const [text, setText] = useState("");
  const asked = useRef<HTMLDivElement>(null);
  useEffect(() => asked.current?.scrollIntoView({ block: "center" }), []);
  const wanted = text.trim().toLowerCase();
  const shown = ALPHABETICAL.filter((term) => GLOSSARY[term].label.toLowerCase().includes(wanted));
  return (
    <Dialog title="Words" isOpen onClose={onClose}>
      <TextField label="Find a word" labelHidden placeholder="Find a word" value={text} onChange={setText} />
      {shown.length === 0 && <p className="mt-3 text-ink-2">No word like that</p>}
      <dl className="mt-2 flex flex-col">
        {shown.map((term) => (
          <div
            key={term}
            ref={term === at ? asked : undefined}
            className={classNames(
              "-mx-2 rounded-md px-2 py-1.5",
              term === at && "bg-accent-soft text-accent-ink",
            )}
          >
            <dt className="font-medium">{GLOSSARY[term].label}</dt>
            <dd className={term === at ? "" : "text-ink-2"}>{GLOSSARY[term].definition}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
