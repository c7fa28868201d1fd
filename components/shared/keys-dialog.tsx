"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { useSingleKeys } from "@/components/ui/keys";
import { onDemand } from "@/components/ui/on-demand";
import { KEY_HELP } from "./key-help";

const GlossaryDialog = onDemand(() => import("./glossary-dialog").then((m) => m.GlossaryDialog));

/** `?`: every key there is, the switch for single ones (WCAG 2.1.4), and the words. */
export function KeysDialog({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const [single, setSingle] = useSingleKeys();
  const [isReading, setReading] = useState(false);
  return (
    <Dialog
      title="Keys"
      width="wide"
      isOpen={isOpen}
      onClose={onClose}
      notes={
        <span className="flex flex-wrap items-center justify-between gap-3">
          <Checkbox isSelected={single} onChange={setSingle}>
            Single keys are on
          </Checkbox>
          <Button size="small" look="quiet" icon="note" onPress={() => setReading(true)}>
            What the words mean
          </Button>
        </span>
      }
    >
      <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2">
        {KEY_HELP.map((group) => (
          <section key={group.title}>
            <h3 className="eyebrow mb-1.5">{group.title}</h3>
            <dl className="flex flex-col gap-1.5">
              {group.keys.map(({ keys, does }) => (
                <div key={does} className="flex items-center justify-between gap-3">
                  <dt className="text-ink-2">{does}</dt>
                  <dd>
                    <Kbd keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      {isReading && <GlossaryDialog onClose={() => setReading(false)} />}
    </Dialog>
  );
}
