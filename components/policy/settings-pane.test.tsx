// @vitest-environment happy-dom
import { act, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { beforeAll, describe, expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import { type Policy, PRESETS } from "@/lib/attribution/policy";
import { SettingsPane } from "./settings-pane";
import { TypedSettings, useInvalidCount } from "./typed";

beforeAll(() => Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true }));

/** The settings of a draft, on a tab that can be left; `saved` holds what the server would be sent. */
function Scene({ saved, first }: { saved: Policy[]; first: boolean }) {
  const [policy, setPolicy] = useState<Policy>({
    ...PRESETS.two_bucket,
    updates: { ...PRESETS.two_bucket.updates, above: { USD: 4_000_000, JPY: 6_000_000 } },
  });
  const [shown, setShown] = useState(true);
  const invalid = useInvalidCount();
  return (
    <>
      <button type="button" onClick={() => setShown(!shown)}>
        Other tab
      </button>
      <output>{invalid}</output>
      {shown && (
        <SettingsPane
          policy={policy}
          currency="USD"
          first={first}
          onChange={(next) => {
            saved.push(next);
            setPolicy(next);
          }}
        />
      )}
    </>
  );
}

async function shown(first = true) {
  const saved: Policy[] = [];
  await act(async () => {
    showOnPage(
      <TypedSettings>
        <Scene saved={saved} first={first} />
      </TypedSettings>,
    );
  });
  return { saved, user: userEvent.setup() };
}

const usd = () => screen.getByLabelText<HTMLInputElement>("Amount in USD");
const invalid = () => Number(screen.getByRole("status").textContent);

describe("a setting that is not valid", () => {
  test.each(["abc", "-5", "12,345.678", "99999999999999999999", ""])(
    "%j stays as typed, is said to be unsaved, and survives another tab",
    async (text) => {
      const { saved, user } = await shown();
      await user.clear(usd());
      saved.length = 0;
      if (text) await user.type(usd(), text);
      await user.tab();
      expect(usd().value).toBe(text);
      expect(usd().getAttribute("aria-invalid")).toBe("true");
      expect(screen.getByText(/^Not saved: /)).toBeTruthy();
      expect(invalid()).toBe(1);
      await user.click(screen.getByText("Other tab"));
      await user.click(screen.getByText("Other tab"));
      expect(usd().value).toBe(text);
      await user.clear(usd());
      await user.type(usd(), "50,000");
      await user.tab();
      expect(invalid()).toBe(0);
      expect(usd().value).toBe("50,000.00");
      expect(saved.at(-1)?.updates.above).toEqual({ USD: 5_000_000, JPY: 6_000_000 });
    },
  );

  test("a number out of its span is not put to the nearest one", async () => {
    const { saved, user } = await shown();
    const owed = screen.getByLabelText<HTMLInputElement>("The partner owes");
    await user.clear(owed);
    await user.type(owed, "99");
    await user.tab();
    expect(owed.value).toBe("99");
    expect(screen.getByText("Not saved: it must be a whole number from 1 to 31")).toBeTruthy();
    expect(saved.map(({ updates }) => updates.perMonth)).not.toContain(31);
    await user.click(screen.getByLabelText("Increase The partner owes"));
    expect(invalid()).toBe(0);
  });
});

describe("thresholds by currency", () => {
  test("are each in their own digits, and can be taken away", async () => {
    const { saved, user } = await shown();
    expect(usd().value).toBe("40,000.00");
    expect(screen.getByLabelText<HTMLInputElement>("Amount in JPY").value).toBe("6,000,000");
    await user.click(screen.getByLabelText("Remove JPY"));
    expect(saved.at(-1)?.updates.above).toEqual({ USD: 4_000_000 });
    expect(screen.getByText(/not listed owe no updates/)).toBeTruthy();
  });
});

describe("what is evidence, how soon, how far back", () => {
  test("each says what it means, and the first agreement alone reaches back", async () => {
    const { saved, user } = await shown();
    await user.click(screen.getByLabelText("Countersigned"));
    expect(saved.at(-1)?.evidence).toBe("countersigned");
    await user.click(screen.getByLabelText("Are judged by it since a day"));
    expect(screen.getByText("Not saved: name the day")).toBeTruthy();
    await user.type(screen.getByLabelText("Since"), "2026-01-05");
    expect(saved.at(-1)?.reachesBackTo).toBe("2026-01-05");
    await user.click(screen.getByLabelText("Are judged as before"));
    expect(saved.at(-1)?.reachesBackTo).toBeNull();
    expect(invalid()).toBe(0);
  });

  test("an amendment is offered no reach", async () => {
    await shown(false);
    expect(screen.queryByText(/Deals closed before its first day/)).toBeNull();
  });
});
