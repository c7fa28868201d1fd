// @vitest-environment happy-dom
import { useState } from "react";
import { showOnPage } from "@/components/shared/page.fixture";
import { typedInto } from "@/components/ui/typing.fixture";
import { ThresholdsField } from "./thresholds-field";
import { TypedSettings } from "./typed";

function Thresholds() {
  const [value, setValue] = useState<Readonly<Record<string, number>>>({ USD: 4_000_000 });
  return (
    <TypedSettings>
      <ThresholdsField currency="USD" value={value} onChange={setValue} />
    </TypedSettings>
  );
}

typedInto("a currency to add to the thresholds", {
  show: () => showOnPage(<Thresholds />),
  ...{ label: "Add a currency", noun: "currency", partly: "jp", name: "JPY", taken: "" },
});
