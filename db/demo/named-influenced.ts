import type { NamedDeal } from "./named";

/** Help on the way: which work counts, when it must happen and what its proof changes (domain.md §4). */
export const NAMED_INFLUENCED: readonly NamedDeal[] = [
  {
    dealId: "D-2014",
    account: "Edgecombe Retail",
    shows: "Influenced: an introduction to the chief operating officer, proven, before stage 4",
    expect: {
      outcome: { two_bucket: "influenced", triple_tier: "co_sell", lanes: "influenced" },
      tests: { motion: true },
    },
    tale: {
      owner: "Maren Okafor",
      amount: 64_000,
      created: 105,
      stages: [
        [2, 95],
        [3, 70],
        [4, 55],
        [5, 40],
      ],
      won: 30,
      roles: [{ partner: "P-northgate", role: "co_seller", touched: 80, recorded: 79, confirmed: 75 }],
      activities: [
        { partner: "P-northgate", type: "executive_intro", on: 80, recorded: 79 },
        { partner: "P-northgate", type: "technical_pre_brief", on: 62 },
      ],
    },
  },
  {
    dealId: "D-2015",
    account: "Farrant Logistics",
    shows: "The pitch came at stage 4: too late to be influenced, an assisted close under lanes",
    expect: {
      outcome: {
        two_bucket: "none",
        triple_tier: "influence",
        roi_buckets: "influenced",
        lanes: "assisted_close",
      },
      tests: { motion: false, late: true },
    },
    tale: {
      owner: "Priya Raman",
      amount: 57_500,
      created: 80,
      stages: [
        [2, 70],
        [3, 55],
        [4, 35],
      ],
      roles: [{ partner: "P-gridstone", role: "co_seller", touched: 28 }],
      activities: [
        {
          partner: "P-gridstone",
          type: "joint_pitch",
          on: 28,
          next: ["Answer the open data-residency question with Gridstone's field CTO", -3],
        },
      ],
    },
  },
  {
    dealId: "D-2016",
    account: "Greaves Pet Supply",
    shows: "A joint discovery without proof: disputed until the link or the note is there",
    expect: {
      outcome: { two_bucket: "none", triple_tier: "none", roi_buckets: "none", lanes: "disputed" },
      disputed: { two_bucket: "influenced", triple_tier: "influence", roi_buckets: "influenced" },
      tests: { motion: false },
    },
    tale: {
      owner: "Maren Okafor",
      amount: 41_250,
      created: 35,
      stages: [[2, 24]],
      roles: [{ partner: "P-lumaflow", role: "co_seller", touched: 18 }],
      activities: [
        {
          partner: "P-lumaflow",
          type: "joint_discovery",
          on: 18,
          proof: false,
          next: ["Ask Lumaflow for the call notes and attach them", 7],
        },
      ],
    },
  },
  {
    dealId: "D-2017",
    account: "Hathersage Outdoor",
    shows: "Unsettled: won, and the pitch that would make it influenced still has no proof",
    expect: {
      outcome: { two_bucket: "none", lanes: "disputed" },
      gray: ["unsettled"],
      disputed: { two_bucket: "influenced" },
    },
    tale: {
      owner: "Jonas Lindqvist",
      amount: 52_000,
      created: 96,
      stages: [
        [2, 85],
        [3, 60],
        [4, 41],
        [5, 27],
      ],
      won: 14,
      roles: [{ partner: "P-tidewell", role: "co_seller", touched: 55 }],
      activities: [{ partner: "P-tidewell", type: "joint_pitch", on: 52, proof: false }],
    },
  },
  {
    dealId: "D-2018",
    account: "Isleworth Medical",
    shows: "The proof came two weeks after the call, before the close: influenced",
    expect: { outcome: { two_bucket: "influenced" }, tests: { motion: true } },
    tale: {
      owner: "Ines Duarte",
      amount: 71_000,
      created: 88,
      stages: [
        [2, 77],
        [3, 58],
        [4, 43],
        [5, 33],
      ],
      won: 22,
      roles: [{ partner: "P-lumaflow", role: "influencer", touched: 70, recorded: 69, confirmed: 65 }],
      activities: [{ partner: "P-lumaflow", type: "technical_pre_brief", on: 70, recorded: 69, proof: 52 }],
    },
  },
];
