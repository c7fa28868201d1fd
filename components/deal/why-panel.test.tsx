// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import type { Outputs } from "@/lib/api/client";
import { classify } from "@/lib/attribution/classify";
import type { Activity, Facts, RoleRow } from "@/lib/attribution/facts";
import { lensOf } from "@/lib/attribution/lens";
import { measureTests } from "@/lib/attribution/measure";
import { PRESETS } from "@/lib/attribution/policy";
import { raisedPartners } from "@/lib/attribution/raising";
import { GRAY_CODES, MODELS, type Model } from "@/lib/attribution/vocabulary";
import { GRAY_WORDS, MODEL_WORDS, OUTCOME_WORDS, TEST_WORDS } from "@/lib/attribution/words";
import { FactsProvider, factElement } from "./facts-in-sight";
import { WhyPanel } from "./why-panel";

type Why = Outputs["why"];

const row = (overrides: Partial<RoleRow> = {}): RoleRow => ({
  id: "T-1",
  partnerId: "P-1",
  role: "sourcer",
  touchStage: 0,
  touchedOn: "2026-01-08",
  recordedOn: "2026-01-12",
  confirmedOn: "2026-01-12",
  source: null,
  secondHandOn: null,
  ...overrides,
});

const activity = (overrides: Partial<Activity> = {}): Activity => ({
  id: "A-1",
  partnerId: "P-1",
  type: "joint_discovery",
  stage: 2,
  occurredOn: "2026-01-28",
  recordedOn: "2026-01-29",
  proof: "note:1",
  involvement: "direct",
  source: null,
  secondHandOn: null,
  ...overrides,
});

const NAMES = {
  partners: { "P-1": "Hallmark", "P-2": "Vela" },
  facts: { "T-1": "Sourcer, 2026-01-08", "A-1": "Joint discovery, 2026-01-28" },
};

/** What the heart itself says of the facts, as the query answers it. */
function whyOf(overrides: Partial<Facts> = {}, model: Model = "two_bucket"): Why {
  const policy = PRESETS[model];
  const facts: Facts = {
    asOf: "2026-04-30",
    deal: {
      id: "D-1",
      amount: 3_000_000,
      currency: "USD",
      type: "new",
      route: "direct",
      createdOn: "2026-01-10",
      closedOn: null,
      outcome: "open",
      firstEngagedOn: null,
      recreatedFrom: null,
      amendedOn: null,
    },
    stages: [
      { stage: 1, enteredOn: "2026-01-10" },
      { stage: 2, enteredOn: "2026-01-25" },
    ],
    partners: [],
    registrations: [],
    roles: [],
    activities: [],
    rulings: [],
    cohort: { medianCycleDays: null },
    ...overrides,
  };
  const under = (lens: Model) => classify(lensOf(lens, policy), facts);
  return {
    facts,
    policy: {
      hash: "b".repeat(64),
      model,
      signed: null,
      proposed: null,
      unsignedBefore: null,
      document: policy,
    },
    result: classify(policy, facts),
    lenses: {
      two_bucket: under("two_bucket"),
      triple_tier: under("triple_tier"),
      roi_buckets: under("roi_buckets"),
      lanes: under("lanes"),
    },
    measures: measureTests(policy, facts, classify(policy, facts).partners),
    raises: raisedPartners(policy, facts, classify(policy, facts)),
    forecast: "direct",
    names: NAMES,
  } as Why;
}

function show(why: Why) {
  showOnPage(
    <FactsProvider names={NAMES.facts}>
      <WhyPanel why={why} />
      <p id={factElement("T-1")} tabIndex={-1}>
        The row
      </p>
    </FactsProvider>,
  );
  const part = (name: string) => screen.getByRole("region", { name });
  return { part, creditOf: () => part("Credit").textContent };
}

const SOURCED = { roles: [row()] };
const UNCONFIRMED = { roles: [row({ confirmedOn: null })] };
const TWO_PARTNERS = {
  roles: [row(), row({ id: "T-2", partnerId: "P-2", role: "influencer" })],
  activities: [activity({ id: "A-2", partnerId: "P-2" })],
};

describe("the verdict", () => {
  test("on a deal without a partner: that nothing names one, and no credit", () => {
    const { creditOf } = show(whyOf());
    expect(screen.getByText(/^No partner is on the deal/)).toBeTruthy();
    expect(creditOf()).toBe("CreditNo partner has credit on this deal.");
  });

  test("on a partner: the outcome, the sentence, its tests, its credit", () => {
    const { part, creditOf } = show(whyOf(SOURCED));
    const hallmark = part("Hallmark");
    expect(hallmark.textContent).toContain("Hallmark is sourced: it brought the deal at stage");
    expect(within(hallmark).queryByText("Disputed. To settle it:")).toBeNull();
    expect(creditOf()).toBe("CreditHallmarksourcedUSD 30,000.00");
  });

  test("counts the tests that its model asks, and folds away those that only others do", () => {
    const why = whyOf(SOURCED);
    const { part } = show(why);
    const [asked, others] = [...part("Hallmark").querySelectorAll<HTMLElement>("details:has(> ul)")];
    const named = (list: HTMLElement | undefined) =>
      [...(list?.querySelectorAll(":scope > ul > li summary > span:first-child") ?? [])].map(
        (one) => one.firstChild?.textContent,
      );
    expect(asked?.querySelector("summary")?.textContent).toMatch(
      new RegExp(`of ${named(asked).length} tests pass`),
    );
    expect(others?.querySelector("summary")?.textContent).toBe(
      `${named(others).length} tests that only other models ask`,
    );
    const all = why.result.partners[0]?.tests.map(({ test: name }) => TEST_WORDS[name].label);
    expect([...named(asked), ...named(others)].toSorted()).toEqual(all?.toSorted());
    expect(others?.hasAttribute("open")).toBe(false);
  });
});

describe("tests in three states, each with the value beside its limit", () => {
  const testOf = (part: (name: string) => HTMLElement, name: string) =>
    within(part("Hallmark"))
      .getAllByRole("listitem")
      .find((one) => one.textContent?.startsWith(name))?.textContent;

  test.each<[string, Partial<Facts>, string, RegExp]>([
    ["passed", SOURCED, "Stage gate", /, passed.*Touched at stage 0, limit 1/],
    ["failed", { roles: [row({ touchStage: 3 })] }, "Stage gate", /, failed.*Touched at stage 3, limit 1/],
    ["not reached", UNCONFIRMED, "Stage gate", /, not reached.*Touched at stage 0, limit 1; not reached/],
    ["not reached", { activities: [activity()] }, "Net new", /, not reached/],
  ])("%s", (_, facts, name, said) => {
    const { part } = show(whyOf(facts));
    expect(testOf(part, name)).toMatch(said);
  });
});

test("a deal with nobody on it shows no list of what nobody passed", () => {
  show(whyOf());
  expect(document.querySelectorAll("details, section[aria-label] li")).toHaveLength(0);
});

describe("a dispute", () => {
  test.each<[string, Partial<Facts>, string]>([
    ["the AE's word", UNCONFIRMED, "Sourcer, 2026-01-08 lacks the AE's confirmation"],
    ["proof", { activities: [activity({ proof: null })] }, "Joint discovery, 2026-01-28 lacks proof"],
  ])("for want of %s: names the fact and what it lacks, and gives no credit", (_what, facts, gap) => {
    const { part, creditOf } = show(whyOf(facts));
    const box = within(part("Hallmark")).getByText("Disputed. To settle it:").parentElement as HTMLElement;
    expect(within(box).getByRole("listitem").textContent).toBe(gap);
    expect(creditOf()).toBe("CreditNo partner has credit on this deal.");
  });

  test("a fact that is pressed comes into sight, with the focus", async () => {
    const { part } = show(whyOf(UNCONFIRMED));
    const [link] = within(part("Hallmark")).getAllByRole("button", { name: "Sourcer, 2026-01-08" });
    await userEvent.click(link as HTMLElement);
    await waitFor(() => expect(document.activeElement).toBe(screen.getByText("The row")));
  });
});

describe("several partners", () => {
  test("who decides the outcome comes first and open, the others folded, whatever their ids", () => {
    show(whyOf({ roles: [row({ partnerId: "P-2" })], activities: [activity()] }));
    const verdicts = [...document.querySelectorAll<HTMLElement>("section[aria-label]")];
    expect(verdicts.map((one) => one.getAttribute("aria-label"))).toEqual(["Vela", "Hallmark"]);
    const isFolded = (one: HTMLElement) => one.closest("details:not([open])") !== null;
    expect(verdicts.map(isFolded)).toEqual([false, true]);
  });

  test("credit of different outcomes stands apart, and says that it is never added", () => {
    const { part } = show(whyOf(TWO_PARTNERS));
    const lines = within(part("Credit")).getAllByRole("listitem");
    expect(lines.map((line) => line.textContent)).toEqual([
      "HallmarksourcedUSD 30,000.00",
      "VelainfluencedUSD 30,000.00",
      "Lines of different outcomes are never added together.",
    ]);
  });
});

describe("gray areas", () => {
  test("there is no such part where nothing is gray", () => {
    show(whyOf(SOURCED));
    expect(screen.queryByRole("region", { name: "Gray areas" })).toBeNull();
  });

  test("each by its name, with what it means", () => {
    const { part } = show({
      ...whyOf(SOURCED),
      result: { ...whyOf(SOURCED).result, gray: [...GRAY_CODES] },
    });
    const said = within(part("Gray areas"))
      .getAllByRole("listitem")
      .map((line) => line.textContent);
    expect(said).toEqual(
      GRAY_CODES.map((code) => `${GRAY_WORDS[code].label} ${GRAY_WORDS[code].definition}`),
    );
  });
});

describe("beside the verdict", () => {
  test.each(MODELS)("under %s, the other three models say what they would", (model) => {
    const why = whyOf(SOURCED, model);
    const { part } = show(why);
    const said = within(part("The same facts under the other models"))
      .getAllByRole("listitem")
      .map((line) => line.textContent);
    expect(said).toEqual(
      MODELS.filter((other) => other !== model).map(
        (other) => MODEL_WORDS[other].label + OUTCOME_WORDS[why.lenses[other].outcome].label,
      ),
    );
  });

  test("other models name the partners where there are several", () => {
    const { part } = show(whyOf(TWO_PARTNERS));
    expect(part("The same facts under the other models").textContent).toMatch(/Hallmark.*Vela/);
  });

  test.each<[Why["forecast"], RegExp]>([
    ["commit", /^In commit/],
    ["context", /co-sell is told beside it/],
    ["left_out", /^Left out/],
    ["direct", /no partner has credit/],
    ["closed", /^Closed/],
  ])("the forecast, %s", (forecast, words) => {
    const { part } = show({ ...whyOf(SOURCED), forecast });
    expect(within(part("Forecast")).getByText(words)).toBeTruthy();
  });
});

describe("evidence", () => {
  test("says whose word would countersign what one person stated", () => {
    const { part } = show(whyOf(SOURCED));
    expect(part("Hallmark").textContent).toContain(
      "Stated: one person said so. A second one behind this makes it countersigned:Sourcer, 2026-01-08",
    );
  });

  test("asks for nobody where two people stand behind it", () => {
    const { part } = show(whyOf({ roles: [row({ secondHandOn: "2026-01-12" })] }));
    expect(part("Hallmark").textContent).toContain("Countersigned");
    expect(part("Hallmark").textContent).not.toContain("A second one");
  });
});
