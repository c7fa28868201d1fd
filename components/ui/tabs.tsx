"use client";

import type { ReactNode } from "react";
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from "react-aria-components/Tabs";

/** Panes of one thing, one at a time. Keep `value` in the URL where the pane is worth a link. */
export function Tabs<Value extends string>({
  label,
  tabs,
  value,
  onChange,
}: {
  label: string;
  tabs: readonly { id: Value; label: ReactNode; panel: ReactNode }[];
  value: Value;
  onChange(value: NoInfer<Value>): void;
}) {
  return (
    <AriaTabs selectedKey={value} onSelectionChange={(key) => onChange(key as Value)}>
      <TabList aria-label={label} className="flex gap-5 overflow-x-auto border-line border-b">
        {tabs.map((tab) => (
          <Tab
            key={tab.id}
            id={tab.id}
            className={
              "-mb-px cursor-default whitespace-nowrap border-transparent border-b-2 py-2 text-ink-2 text-sm outline-none " +
              "selected:border-accent selected:font-medium selected:text-ink hover:text-ink " +
              "focus-visible:rounded-sm focus-visible:outline-2 focus-visible:outline-accent"
            }
          >
            {tab.label}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className="pt-4 outline-none">
          {tab.panel}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
