"use client";

import { useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { type MenuEntry, menuOf } from "@/lib/attribution/menu";
import type { Policy } from "@/lib/attribution/policy";
import { ActivityDialog } from "./activity-dialog";

/** The activity menu with its definitions: a tick makes an activity a motion, the pencil changes its words. */
export function MotionPicker({
  policy,
  motionsCount,
  onChange,
}: {
  policy: Policy;
  /** Whether motions decide anything under the model. */
  motionsCount: boolean;
  onChange(change: Pick<Policy, "motions" | "menu">): void;
}) {
  const menu = menuOf(policy);
  const [editing, setEditing] = useState<MenuEntry | "new" | null>(null);
  const isMotion = (type: string) => policy.motions.includes(type);
  const motionsIn = (types: readonly string[], from: readonly MenuEntry[]) =>
    from.map(({ type }) => type).filter((type) => types.includes(type));

  const toggle = (type: string, on: boolean) => {
    const motions = on ? [...policy.motions, type] : policy.motions.filter((one) => one !== type);
    onChange({ motions: motionsIn(motions, menu), menu: policy.menu });
  };
  const save = (entry: MenuEntry) => {
    const known = menu.some(({ type }) => type === entry.type);
    const next = known ? menu.map((one) => (one.type === entry.type ? entry : one)) : [...menu, entry];
    onChange({ motions: policy.motions, menu: next });
    setEditing(null);
  };
  const remove = (type: string) => {
    const next = menu.filter((one) => one.type !== type);
    onChange({ motions: motionsIn(policy.motions, next), menu: next });
    setEditing(null);
  };

  return (
    <div>
      <ul aria-label="Activities" className="divide-y divide-line border-line border-y">
        {menu.map((entry) => (
          <li key={entry.type} className="group/row flex items-start gap-2 py-1.5">
            <Checkbox
              isSelected={isMotion(entry.type)}
              isDisabled={!motionsCount}
              onChange={(on) => toggle(entry.type, on)}
              aria-label={`${entry.label} is a named motion`}
              className="mt-0.5"
            />
            <div className="min-w-0 flex-1 leading-snug">
              <p className={isMotion(entry.type) ? "font-medium" : undefined}>{entry.label}</p>
              <p className="text-ink-3 text-xs">
                {entry.definition}{" "}
                <span className="tabular whitespace-nowrap">
                  {entry.stages.length > 0 ? `Stage ${entry.stages.join(", ")}` : "Any stage"} ·{" "}
                  {entry.involvement}
                </span>
              </p>
            </div>
            <IconButton
              label={`Edit ${entry.label}`}
              icon="edit"
              size="small"
              onPress={() => setEditing(entry)}
            />
          </li>
        ))}
      </ul>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button size="small" icon="plus" onPress={() => setEditing("new")}>
          Add an activity
        </Button>
        {policy.menu && (
          <Button
            size="small"
            look="quiet"
            onPress={() => {
              const standard = menuOf({});
              onChange({ motions: motionsIn(policy.motions, standard), menu: undefined });
            }}
          >
            Back to the standard menu
          </Button>
        )}
      </div>
      {editing && (
        <ActivityDialog
          entry={editing === "new" ? null : editing}
          taken={menu.map(({ type }) => type)}
          onSave={save}
          onRemove={editing === "new" || menu.length === 1 ? undefined : () => remove(editing.type)}
          onClose={() => setEditing(null)}
        />
      )}
    </div>
  );
}
