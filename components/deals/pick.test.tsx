// @vitest-environment happy-dom
import { useState } from "react";
import { showOnPage } from "@/components/shared/page.fixture";
import { typedInto } from "@/components/ui/typing.fixture";
import { Pick } from "./pick";

const OWNERS = ["Ines Duarte", "Maren Falk", "Theo Lund"].map((name) => ({ id: name, name }));

function Owner({ start }: { start: string | null }) {
  const [value, setValue] = useState(start);
  return <Pick label="Owner" noun="owner" items={OWNERS} value={value} onChange={setValue} />;
}

typedInto("a filter that is off", {
  show: () => showOnPage(<Owner start={null} />),
  ...{ label: "Owner", noun: "owner", partly: "theo", name: "Theo Lund" },
});

typedInto("a filter that is on", {
  show: () => showOnPage(<Owner start="Maren Falk" />),
  ...{ label: "Owner", noun: "owner", chosen: "Maren Falk", partly: "theo", name: "Theo Lund" },
});
