// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import { GLOSSARY } from "@/lib/attribution/glossary";
import { HEADLINE_METRICS, metricOf } from "@/lib/metrics/quarter-numbers";
import type { MetricReport } from "@/lib/metrics/quarter-report";
import { HeadlineCard } from "./headline-card";

const report = (key: MetricReport["key"]): MetricReport => ({
  ...{ key, name: metricOf(key).name, formula: "", source: "", headline: "amount", sides: [], tooFew: false },
  ...{ notes: [], series: [] },
  figures: [
    {
      ...{ key: "amount", name: metricOf(key).name, unit: "money", value: { undefined: "no_pipeline" } },
      ...{ evidence: null, interval: null, benchmark: null, prior: { undefined: "no_pipeline" } },
      ...{ yearBefore: { undefined: "no_pipeline" }, opens: [], adds: "amount" },
    },
  ],
});

test.each(HEADLINE_METRICS)(
  "the card of %s says what its name means, beside the way to its details",
  async (key) => {
    let opened = 0;
    showOnPage(
      <HeadlineCard
        metric={report(key)}
        quarter="2026-Q1"
        currency="USD"
        compare={false}
        onOpen={() => opened++}
        onQuarter={() => {}}
      />,
    );
    const { name } = metricOf(key);
    await userEvent.hover(screen.getByRole("button", { name: `What ${name} means` }));
    const said = (await screen.findByRole("tooltip")).textContent;
    const term = Object.values(GLOSSARY).find(({ label }) => label === name);
    expect(said).toBe(term?.definition);
    await userEvent.click(screen.getByRole("button", { name: /details$/ }));
    expect(opened).toBe(1);
  },
);
