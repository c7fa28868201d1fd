import type { NamedDeal } from "./named";

/** What people do after the fact, and with how many hands (domain.md §6, §8). */
export const NAMED_HANDS: readonly NamedDeal[] = [
  {
    dealId: "D-2041",
    account: "Colborne Freight",
    shows:
      "Delayed tag: the AE wrote the partner down six weeks after it came; it counts, and is a case of the log",
    expect: { outcome: { two_bucket: "influenced" }, gray: ["delayed_record"], tests: { motion: true } },
    tale: {
      owner: "Maren Okafor",
      amount: 37_750,
      created: 88,
      stages: [
        [2, 78],
        [3, 44],
      ],
      roles: [{ partner: "P-tidewell", role: "co_seller", touched: 72, recorded: 30 }],
      activities: [
        {
          partner: "P-tidewell",
          type: "joint_discovery",
          on: 70,
          recorded: 68,
          vouched: 65,
          next: ["Walk the warehouse lead through the pilot plan together", -5],
        },
      ],
    },
  },
  {
    dealId: "D-2042",
    account: "Dunsmere Pharma",
    shows:
      "Amended: the order form said less than the deal; its AE proposed the correction and finance accepted it",
    expect: { outcome: { two_bucket: "influenced" }, gray: ["amended"] },
    tale: {
      owner: "Priya Raman",
      amount: 34_900,
      created: 96,
      stages: [
        [2, 86],
        [3, 63],
        [4, 47],
        [5, 38],
      ],
      won: 28,
      roles: [{ partner: "P-gridstone", role: "influencer", touched: 82, recorded: 81, confirmed: 78 }],
      activities: [
        { partner: "P-gridstone", type: "technical_pre_brief", on: 80, recorded: 79, vouched: 76 },
      ],
      corrected: {
        was: 39_400,
        proposed: 19,
        accepted: 16,
        reason: "The signed order form leaves out the second warehouse",
      },
    },
  },
  {
    dealId: "D-2043",
    account: "Eskdale Outdoor",
    shows:
      "Ruling: the pitch was logged after the close; finance and partnerships heard both and gave it influenced",
    expect: { outcome: { two_bucket: "influenced" }, gray: ["late_record"], tests: { motion: false } },
    tale: {
      owner: "Theo Castellane",
      amount: 36_200,
      created: 87,
      stages: [
        [2, 76],
        [3, 55],
        [4, 42],
      ],
      won: 31,
      roles: [{ partner: "P-northgate", role: "co_seller", touched: 53, recorded: 52, confirmed: 49 }],
      activities: [{ partner: "P-northgate", type: "joint_pitch", on: 50, recorded: 24 }],
      ruled: { kind: "late_record", partner: "P-northgate", outcome: "influenced" },
    },
  },
  {
    dealId: "D-2044",
    account: "Fernhill Dairy",
    shows:
      "Asked by a registration: it was approved this week, and no row says in which role its partner came",
    expect: { outcome: { two_bucket: "sourced" } },
    tale: {
      owner: "Priya Raman",
      amount: 28_600,
      created: 20,
      stages: [[2, 9]],
      registrations: [{ partner: "P-fennimore", submitted: 21, approved: 3 }],
    },
  },
  {
    dealId: "D-2045",
    account: "Glenmoor Textiles",
    shows: "Asked by a motion: a joint discovery was logged and proven, and no row says in which role",
    expect: { outcome: { two_bucket: "influenced" } },
    tale: {
      owner: "Maren Okafor",
      amount: 31_400,
      created: 26,
      stages: [[2, 15]],
      activities: [{ partner: "P-lumaflow", type: "joint_discovery", on: 5, recorded: 4 }],
    },
  },
];
