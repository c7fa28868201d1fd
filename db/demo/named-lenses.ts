import type { NamedDeal } from "./named";

/** The same work through four models: deals on which they differ, and how credit is split (domain.md §5). */
export const NAMED_LENSES: readonly NamedDeal[] = [
  {
    dealId: "D-2019",
    account: "Jarrow Packaging",
    shows: "Two proven steps that are no named motion: co-sell under triple tier, nothing under two buckets",
    expect: {
      outcome: { two_bucket: "none", triple_tier: "co_sell", roi_buckets: "influenced", lanes: "attached" },
      tests: { co_sell: true, motion: false },
    },
    tale: {
      owner: "Theo Castellane",
      amount: 47_500,
      created: 99,
      stages: [
        [2, 86],
        [3, 62],
        [4, 40],
      ],
      lost: 25,
      roles: [{ partner: "P-gridstone", role: "co_seller", touched: 80 }],
      activities: [
        { partner: "P-gridstone", type: "joint_demo", on: 80 },
        { partner: "P-gridstone", type: "solution_architecture", on: 57 },
      ],
    },
  },
  {
    dealId: "D-2020",
    account: "Kilbride Apparel",
    shows: "Co-sell late in the cycle: direct work on the business case and with procurement",
    expect: {
      outcome: { two_bucket: "none", triple_tier: "co_sell", lanes: "assisted_close" },
      tests: { co_sell: true, late: true },
    },
    tale: {
      owner: "Priya Raman",
      amount: 83_000,
      created: 93,
      stages: [
        [2, 82],
        [3, 61],
        [4, 40],
        [5, 16],
      ],
      roles: [{ partner: "P-tidewell", role: "co_seller", touched: 34, recorded: 33, confirmed: 30 }],
      activities: [
        { partner: "P-tidewell", type: "business_case", on: 34, involvement: "direct" },
        {
          partner: "P-tidewell",
          type: "procurement_advocacy",
          on: 9,
          involvement: "direct",
          next: ["Walk procurement through the second redline together", -2],
        },
      ],
    },
  },
  {
    dealId: "D-2021",
    account: "Lathom Electronics",
    shows: "One integration built: influence under triple tier, tracked and never paid on",
    expect: {
      outcome: { two_bucket: "none", triple_tier: "influence", roi_buckets: "influenced", lanes: "attached" },
      tests: { any: true, co_sell: false },
    },
    tale: {
      owner: "Jonas Lindqvist",
      amount: 44_000,
      created: 61,
      stages: [[2, 49]],
      roles: [{ partner: "P-lumaflow", role: "influencer", touched: 43 }],
      activities: [{ partner: "P-lumaflow", type: "integration_build", on: 38, involvement: "supportive" }],
    },
  },
  {
    dealId: "D-2022",
    account: "Mossbank Grocers",
    shows: "A recommendation: a motion under lanes alone",
    expect: { outcome: { two_bucket: "none", lanes: "influenced" }, tests: { motion: false, any: true } },
    tale: {
      owner: "Ines Duarte",
      amount: 26_500,
      created: 47,
      stages: [[2, 33]],
      roles: [{ partner: "P-harrow", role: "influencer", touched: 24 }],
      activities: [{ partner: "P-harrow", type: "recommendation", on: 24 }],
    },
  },
  {
    dealId: "D-2023",
    account: "Norrington Timber",
    shows:
      "Influenced eleven weeks ago and silent since: outside the 60-day window of lanes, next step overdue",
    expect: { outcome: { two_bucket: "influenced", lanes: "attached" }, tests: { motion: true } },
    tale: {
      owner: "Maren Okafor",
      amount: 58_000,
      created: 100,
      stages: [
        [2, 88],
        [3, 60],
      ],
      roles: [{ partner: "P-gridstone", role: "co_seller", touched: 78 }],
      activities: [
        {
          partner: "P-gridstone",
          type: "technical_pre_brief",
          on: 78,
          next: ["Second working session on the demand data with Gridstone", 64],
        },
      ],
    },
  },
  {
    dealId: "D-2024",
    account: "Orchardleigh Farms",
    shows: "Post-sale: the partner was named before the close and proved its help after it",
    expect: {
      outcome: { two_bucket: "none", triple_tier: "influence", roi_buckets: "none", lanes: "attached" },
      tests: { any: false },
    },
    tale: {
      owner: "Theo Castellane",
      amount: 33_750,
      created: 120,
      stages: [
        [2, 108],
        [3, 90],
        [4, 72],
        [5, 58],
        [6, 44],
      ],
      won: 48,
      roles: [{ partner: "P-orrin-retail", role: "influencer", touched: 70 }],
      activities: [{ partner: "P-orrin-retail", type: "customer_success_support", on: 30 }],
    },
  },
  {
    dealId: "D-2025",
    account: "Penhallow Bakeries",
    shows:
      "Five weeks from first call to signature, far below comparable deals: accelerated under ROI buckets",
    expect: { outcome: { two_bucket: "influenced", roi_buckets: "accelerated" }, tests: { motion: true } },
    tale: {
      owner: "Priya Raman",
      amount: 24_000,
      created: 62,
      stages: [
        [2, 56],
        [3, 45],
        [4, 38],
        [5, 33],
      ],
      won: 26,
      roles: [{ partner: "P-northgate", role: "co_seller", touched: 52 }],
      activities: [{ partner: "P-northgate", type: "joint_discovery", on: 52 }],
    },
  },
  {
    dealId: "D-2026",
    account: "Quernmore Chemicals",
    shows: "One sourced it, two helped: two lines of credit, each of the whole amount, never added together",
    expect: { outcome: { two_bucket: "sourced" } },
    tale: {
      owner: "Maren Okafor",
      amount: 39_900.01,
      created: 90,
      stages: [
        [2, 79],
        [3, 58],
        [4, 41],
        [5, 29],
      ],
      won: 18,
      roles: [
        { partner: "P-fennimore", role: "referral_source", touched: 94, recorded: 89 },
        { partner: "P-lumaflow", role: "influencer", touched: 54, recorded: 53, confirmed: 49 },
        { partner: "P-northgate", role: "co_seller", touched: 75 },
      ],
      activities: [
        { partner: "P-northgate", type: "joint_discovery", on: 75 },
        { partner: "P-lumaflow", type: "technical_pre_brief", on: 54, recorded: 53 },
      ],
    },
  },
  {
    dealId: "D-2027",
    account: "Ribblesdale Furniture",
    shows: "Attached: the partner is named and confirmed, and has done nothing that anybody can show",
    expect: { outcome: { two_bucket: "none", lanes: "attached" }, tests: { any: false } },
    tale: {
      owner: "Jonas Lindqvist",
      amount: 49_000,
      created: 85,
      stages: [
        [2, 73],
        [3, 50],
      ],
      roles: [{ partner: "P-harrow", role: "influencer", touched: 65, recorded: 63, confirmed: 58 }],
    },
  },
  {
    dealId: "D-2038",
    account: "Cranleigh Freight",
    shows: "Proven work and no role row: influenced under two buckets, nothing under ROI buckets",
    expect: {
      outcome: { two_bucket: "influenced", roi_buckets: "none", lanes: "influenced" },
      tests: { motion: true },
    },
    tale: {
      owner: "Theo Castellane",
      amount: 37_500,
      created: 55,
      stages: [
        [2, 43],
        [3, 29],
      ],
      activities: [
        {
          partner: "P-gridstone",
          type: "joint_pitch",
          on: 23,
          next: ["Have Theo name Gridstone's role on the deal", 9],
        },
      ],
    },
  },
];
