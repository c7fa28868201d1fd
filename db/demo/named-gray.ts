import type { NamedDeal } from "./named";

/** What people argue about (domain.md §6 gray areas), and the deals without anybody to argue with. */
export const NAMED_GRAY: readonly NamedDeal[] = [
  {
    dealId: "D-2028",
    account: "Sandbourne Hardware",
    shows:
      "Late record: the AE closed it with no partner, the partner's notes say otherwise; refused here, a source under ROI buckets",
    expect: {
      outcome: { two_bucket: "none", triple_tier: "influence", roi_buckets: "sourced", lanes: "attached" },
      gray: ["late_record"],
      tests: { origin: false },
    },
    tale: {
      owner: "Ines Duarte",
      amount: 35_250,
      created: 92,
      stages: [
        [2, 80],
        [3, 66],
        [4, 52],
        [5, 43],
      ],
      noPartner: 40,
      won: 35,
      roles: [{ partner: "P-southmark", role: "sourcer", touched: 88, recorded: 24, confirmed: 20 }],
      activities: [{ partner: "P-southmark", type: "account_mapping", on: 76 }],
    },
  },
  {
    dealId: "D-2029",
    account: "Thaxted Beverages",
    shows: "Logged after the close: a joint pitch that nobody wrote down in time earns nothing",
    expect: { outcome: { two_bucket: "none" }, gray: ["late_record"], tests: { motion: false } },
    tale: {
      owner: "Jonas Lindqvist",
      amount: 45_500,
      created: 83,
      stages: [
        [2, 72],
        [3, 52],
      ],
      lost: 30,
      roles: [{ partner: "P-orrin", role: "co_seller", touched: 49, recorded: 48, confirmed: 44 }],
      activities: [{ partner: "P-orrin", type: "joint_pitch", on: 45, recorded: 20 }],
    },
  },
  {
    dealId: "D-2031",
    account: "Uppingham Shipping",
    shows: "The first entry of a deal that was entered twice: closed lost, its work carried to D-2030",
    expect: { outcome: { two_bucket: "none", lanes: "unattributed" } },
    tale: { owner: "Maren Okafor", amount: 38_000, created: 75, stages: [[2, 66]], lost: 52 },
  },
  {
    dealId: "D-2030",
    account: "Uppingham Shipping",
    shows: "Recreated: formally replaces D-2031, so the referral that was recorded after the close counts",
    expect: { outcome: { two_bucket: "sourced", triple_tier: "sourced" }, gray: ["recreated"] },
    tale: {
      owner: "Maren Okafor",
      amount: 38_000,
      created: 50,
      recreatedFrom: "D-2031",
      stages: [
        [2, 46],
        [3, 38],
        [4, 30],
        [5, 23],
      ],
      won: 17,
      roles: [
        { partner: "P-northgate", role: "co_seller", touched: 42 },
        { partner: "P-fennimore", role: "referral_source", touched: 54, recorded: 12 },
      ],
      activities: [{ partner: "P-northgate", type: "joint_discovery", on: 42 }],
    },
  },
  {
    dealId: "D-2032",
    account: "Verity Textiles",
    shows:
      "Marketplace: bought through the exchange that registered it; who earned it is a question of its own",
    expect: { outcome: { two_bucket: "sourced" }, gray: ["marketplace"] },
    tale: {
      owner: "Priya Raman",
      amount: 28_750,
      route: "marketplace",
      created: 57,
      stages: [
        [2, 49],
        [3, 38],
        [4, 28],
        [5, 19],
      ],
      won: 11,
      registrations: [{ partner: "P-stratus", submitted: 61, approved: 54 }],
      roles: [{ partner: "P-stratus", role: "sourcer", touched: 61, recorded: 54 }],
      activities: [{ partner: "P-stratus", type: "partner_pricing", on: 25 }],
    },
  },
  {
    dealId: "D-2033",
    account: "Wolverley Parts",
    shows: "Partner of a partner: the group and its retail practice are both on the deal",
    expect: { outcome: { two_bucket: "influenced" }, gray: ["partner_of_partner"] },
    tale: {
      owner: "Theo Castellane",
      amount: 76_500,
      created: 69,
      stages: [
        [2, 59],
        [3, 40],
      ],
      roles: [
        { partner: "P-orrin", role: "influencer", touched: 54, recorded: 53, confirmed: 50 },
        { partner: "P-orrin-retail", role: "co_seller", touched: 34 },
      ],
      activities: [
        {
          partner: "P-orrin-retail",
          type: "joint_pitch",
          on: 34,
          next: ["Decide with Orrin which of the two leads the rollout", -8],
        },
      ],
    },
  },
  {
    dealId: "D-2034",
    account: "Yelverton Tools",
    shows: "Stage conflict: the row says stage 1, the deal's own history says stage 3 on that day",
    expect: { outcome: { two_bucket: "sourced" }, gray: ["stage_conflict"], tests: { gate: true } },
    tale: {
      owner: "Ines Duarte",
      amount: 33_000,
      created: 63,
      stages: [
        [2, 54],
        [3, 37],
      ],
      roles: [{ partner: "P-paperlantern", role: "sourcer", touched: 31, touchStage: 1 }],
      activities: [{ partner: "P-paperlantern", type: "account_mapping", on: 29 }],
    },
  },
  {
    dealId: "D-2035",
    account: "Zellbach Lebensmittel",
    shows: "Sold in euros: sourced, and counted in dollars at the quarter's stored rate",
    expect: { outcome: { two_bucket: "sourced" } },
    tale: {
      owner: "Ines Duarte",
      amount: 38_400,
      currency: "EUR",
      created: 95,
      stages: [
        [2, 81],
        [3, 55],
        [4, 21],
      ],
      registrations: [{ partner: "P-tidewell", submitted: 99, approved: 91 }],
      roles: [{ partner: "P-tidewell", role: "sourcer", touched: 99, recorded: 91 }],
      activities: [
        { partner: "P-tidewell", type: "joint_discovery", on: 77 },
        {
          partner: "P-tidewell",
          type: "joint_pitch",
          on: 48,
          next: ["German-language readout with Tidewell's delivery director", -5],
        },
      ],
    },
  },
  {
    dealId: "D-2036",
    account: "Abberley Wholesale",
    shows: "Nobody helped, and the AE said so before closing it: unattributed, confirmed",
    expect: {
      outcome: { two_bucket: "none", triple_tier: "none", roi_buckets: "none", lanes: "unattributed" },
    },
    tale: {
      owner: "Theo Castellane",
      amount: 61_000,
      created: 119,
      firstEngaged: 130,
      stages: [
        [2, 104],
        [3, 80],
        [4, 58],
        [5, 39],
      ],
      noPartner: 31,
      won: 27,
    },
  },
  {
    dealId: "D-2037",
    account: "Brindley Home",
    shows: "About to close, and nobody has said whether a partner was involved: the stage gate holds it",
    expect: { outcome: { two_bucket: "none", lanes: "unattributed" } },
    tale: {
      owner: "Maren Okafor",
      amount: 54_250,
      created: 88,
      stages: [
        [2, 75],
        [3, 52],
        [4, 27],
        [5, 8],
      ],
    },
  },
];
