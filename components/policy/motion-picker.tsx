"use client";

import { useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { onDemand } from "@/components/ui/on-demand";
import { type MenuEntry, menuOf } from "@/lib/attribution/menu";
import type { Policy } from "@/lib/attribution/policy";

const ActivityDialog = onDemand(() => import("./activity-dialog").then((m) => m.ActivityDialog));

type MenuChange = Pick<Policy, "motions" | "menu">;

/** What can be done to the menu; a motion that leaves it is none any more. */
function changesOf(policy: Policy, onChange: (change: MenuChange) => void) {
  const menu = menuOf(policy);
  const motionsIn = (types: readonly string[], from: readonly MenuEntry[]) =>
    from.map(({ type }) => type).filter((type) => types.includes(type));
  return {
    toggle(type: string, on: boolean) {
      const motions = on ? [...policy.motions, type] : policy.motions.filter((one) => one !== type);
      onChange({ motions: motionsIn(motions, menu), menu: policy.menu });
    },
    put(entry: MenuEntry) {
      const known = menu.some(({ type }) => type === entry.type);
      const next = known ? menu.map((one) => (one.type === entry.type ? entry : one)) : [...menu, entry];
      onChange({ motions: policy.motions, menu: next });
    },
    remove(type: string) {
      const next = menu.filter((one) => one.type !== type);
      onChange({ motions: motionsIn(policy.motions, next), menu: next });
    },
    reset() {
      onChange({ motions: motionsIn(policy.motions, menuOf({})), menu: undefined });
    },
  };
}

/** The activity menu with its definitions: a tick makes an activity a motion, the pencil changes its words. */
export function MotionPicker({
  policy,
  motionsCount,
  onChange,
}: {
  policy: Policy;
  /** Whether motions decide anything under the model. */
  motionsCount: boolean;
  onChange(change: MenuChange): void;
}) {
  const menu = menuOf(policy);
  const { toggle, put, remove, reset } = changesOf(policy, onChange);
  const [editing, setEditing] = useState<MenuEntry | "new" | null>(null);
  const close = () => setEditing(null);
  return (
    <div>
      <ul aria-label="Activities" className="divide-y divide-line border-line border-y">
        {menu.map((entry) => (
          <MenuRow
            key={entry.type}
            entry={entry}
            isMotion={policy.motions.includes(entry.type)}
            motionsCount={motionsCount}
            onToggle={(on) => toggle(entry.type, on)}
            onEdit={() => setEditing(entry)}
          />
        ))}
      </ul>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button size="small" icon="plus" onPress={() => setEditing("new")}>
          Add an activity
        </Button>
        {policy.menu && (
          <Button size="small" look="quiet" onPress={reset}>
            Back to the standard menu
          </Button>
        )}
      </div>
      {editing && (
        <ActivityDialog
          entry={editing === "new" ? null : editing}
          taken={menu.map(({ type }) => type)}
          onSave={(entry) => {
            put(entry);
            close();
          }}
          onRemove={
            editing === "new" || menu.length === 1
              ? undefined
              : () => {
                  remove(editing.type);
                  close();
                }
          }
          onClose={close}
        />
      )}
    </div>
  );
}

function MenuRow({
  entry,
  isMotion,
  motionsCount,
  onToggle,
  onEdit,
}: {
  entry: MenuEntry;
  isMotion: boolean;
  motionsCount: boolean;
  onToggle(on: boolean): void;
  onEdit(): void;
}) {
  return (
    <li className="group/row flex items-start gap-2 py-1.5">
      <Checkbox
        isSelected={isMotion}
        isDisabled={!motionsCount}
        onChange={onToggle}
        aria-label={`${entry.label} is a named motion`}
        className="mt-0.5"
      />
      <div className="min-w-0 flex-1 leading-snug">
        <p className={isMotion ? "font-medium" : undefined}>{entry.label}</p>
        <p className="text-ink-3 text-xs">
          {entry.definition}{" "}
          <span className="tabular whitespace-nowrap">
            {entry.stages.length > 0 ? `Stage ${entry.stages.join(", ")}` : "Any stage"} · {entry.involvement}
          </span>
        </p>
      </div>
      <IconButton label={`Edit ${entry.label}`} icon="edit" size="small" onPress={onEdit} />
    </li>
  );
}
