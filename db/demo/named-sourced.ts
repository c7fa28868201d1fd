import type { NamedDeal } from "./named";

/** Every way in which a deal is, or is not, a partner's own find (domain.md §4: origin to updates). */
export const NAMED_SOURCED: readonly NamedDeal[] = [
  {
    dealId: "D-2001",
    account: "Ostrander Mills",
    shows:
      "Sourced: the reseller registered the deal before we knew of it, and the registration was approved",
    expect: {
      outcome: { two_bucket: "sourced", triple_tier: "sourced", roi_buckets: "sourced", lanes: "sourced" },
      tests: { origin: true, gate: true, net_new: true },
    },
    tale: {
      owner: "Maren Okafor",
      amount: 38_500,
      route: "resale",
      created: 72,
      stages: [
        [2, 64],
        [3, 48],
        [4, 32],
        [5, 20],
      ],
      won: 9,
      registrations: [{ partner: "P-vellum", submitted: 76, approved: 70 }],
      roles: [{ partner: "P-vellum", role: "sourcer", touched: 76, recorded: 70 }],
      activities: [{ partner: "P-vellum", type: "joint_discovery", on: 60 }],
    },
  },
  {
    dealId: "D-2002",
    account: "Pallister & Daughters",
    shows: "Sourced by the AE's tag alone: no registration, a touch at stage 1",
    expect: { outcome: { two_bucket: "sourced", lanes: "sourced" }, tests: { origin: true, gate: true } },
    tale: {
      owner: "Jonas Lindqvist",
      amount: 27_000,
      created: 40,
      stages: [[2, 25]],
      roles: [{ partner: "P-northgate", role: "sourcer", touched: 37 }],
      activities: [
        {
          partner: "P-northgate",
          type: "joint_discovery",
          on: 21,
          next: ["Bring Northgate's reference customer to the second discovery call", -6],
        },
      ],
    },
  },
  {
    dealId: "D-2003",
    account: "Quill & Harbour Foods",
    shows: "Sourced by a referral: a warm introduction that the AE tagged on the day the deal was created",
    expect: { outcome: { two_bucket: "sourced", triple_tier: "sourced" } },
    tale: {
      owner: "Priya Raman",
      amount: 31_400,
      created: 92,
      stages: [
        [2, 80],
        [3, 62],
        [4, 44],
        [5, 30],
      ],
      won: 20,
      roles: [{ partner: "P-fennimore", role: "referral_source", touched: 97, recorded: 92 }],
      activities: [{ partner: "P-fennimore", type: "executive_intro", on: 88 }],
    },
  },
  {
    dealId: "D-2004",
    account: "Ravensholt Tiles",
    shows:
      "Too late to be sourced: the partner came at stage 2, so the gate fails; its pitch makes it influenced",
    expect: {
      outcome: {
        two_bucket: "influenced",
        triple_tier: "influence",
        roi_buckets: "influenced",
        lanes: "influenced",
      },
      tests: { origin: true, gate: false, motion: true },
    },
    tale: {
      owner: "Maren Okafor",
      amount: 36_000,
      created: 58,
      stages: [
        [2, 50],
        [3, 33],
      ],
      roles: [{ partner: "P-tidewell", role: "sourcer", touched: 44 }],
      activities: [
        {
          partner: "P-tidewell",
          type: "joint_pitch",
          on: 27,
          next: ["Send the joint value case to their operations director", -4],
        },
      ],
    },
  },
  {
    dealId: "D-2005",
    account: "Sablewood Dairy",
    shows: "Prior engagement: we had called on them two weeks before the partner did, so it is not net new",
    expect: {
      outcome: { two_bucket: "influenced" },
      gray: ["prior_engagement"],
      tests: { origin: true, gate: true, net_new: false },
    },
    tale: {
      owner: "Theo Castellane",
      amount: 39_200,
      created: 66,
      firstEngaged: 80,
      stages: [
        [2, 52],
        [3, 30],
      ],
      roles: [{ partner: "P-orrin", role: "sourcer", touched: 63 }],
      activities: [{ partner: "P-orrin", type: "technical_pre_brief", on: 40 }],
    },
  },
  {
    dealId: "D-2006",
    account: "Tremaine Cold Storage",
    shows: "Above the threshold, and the partner kept its two updates a month: sourced under every model",
    expect: {
      outcome: { two_bucket: "sourced", triple_tier: "sourced", roi_buckets: "sourced", lanes: "sourced" },
      tests: { updates: true },
    },
    tale: {
      owner: "Ines Duarte",
      amount: 184_000,
      created: 118,
      stages: [
        [2, 105],
        [3, 80],
        [4, 50],
        [5, 25],
      ],
      won: 6,
      roles: [{ partner: "P-northgate", role: "sourcer", touched: 121, recorded: 117 }],
      activities: [
        { partner: "P-northgate", type: "joint_discovery", on: 109 },
        { partner: "P-northgate", type: "account_intelligence", on: 100, proof: false },
        { partner: "P-northgate", type: "technical_pre_brief", on: 91 },
        { partner: "P-northgate", type: "joint_demo", on: 82 },
        { partner: "P-northgate", type: "solution_architecture", on: 73 },
        { partner: "P-northgate", type: "joint_pitch", on: 64 },
        { partner: "P-northgate", type: "account_intelligence", on: 55, proof: false },
        { partner: "P-northgate", type: "business_case", on: 46 },
        { partner: "P-northgate", type: "security_review_support", on: 37 },
        { partner: "P-northgate", type: "executive_alignment", on: 28 },
        { partner: "P-northgate", type: "implementation_scoping", on: 19 },
        { partner: "P-northgate", type: "procurement_advocacy", on: 10 },
      ],
    },
  },
  {
    dealId: "D-2007",
    account: "Ulverstone Brewing",
    shows: "Above the threshold and silent for months: flagged here, withheld under triple tier",
    expect: {
      outcome: { two_bucket: "sourced", triple_tier: "influence" },
      disputed: { triple_tier: "sourced" },
      tests: { sourced: true, updates: false },
    },
    tale: {
      owner: "Maren Okafor",
      amount: 96_000,
      route: "resale",
      created: 110,
      stages: [
        [2, 101],
        [3, 70],
      ],
      roles: [{ partner: "P-vellum", role: "sourcer", touched: 113, recorded: 108 }],
      activities: [
        {
          partner: "P-vellum",
          type: "joint_discovery",
          on: 96,
          next: ["Agree the pilot site with Vellum's account director", 75],
        },
      ],
    },
  },
  {
    dealId: "D-2008",
    account: "Vandermeer Seeds",
    shows: "A registration that waits for approval: disputed, and the approval would make it sourced",
    expect: {
      outcome: { two_bucket: "none", triple_tier: "none", roi_buckets: "none", lanes: "disputed" },
      disputed: { two_bucket: "sourced", lanes: "sourced" },
      tests: { origin: false },
    },
    tale: {
      owner: "Priya Raman",
      amount: 22_750,
      created: 12,
      registrations: [{ partner: "P-southmark", submitted: 16 }],
    },
  },
  {
    dealId: "D-2009",
    account: "Wickstead Paper",
    shows: "A registration that was rejected: the partner is on the deal and has nothing to claim",
    expect: { outcome: { two_bucket: "none", lanes: "attached" }, tests: { origin: false } },
    tale: {
      owner: "Jonas Lindqvist",
      amount: 18_900,
      created: 52,
      stages: [[2, 41]],
      registrations: [{ partner: "P-paperlantern", submitted: 56, rejected: 48 }],
    },
  },
  {
    dealId: "D-2010",
    account: "Ambrose Footwear",
    shows: "A partner manager named the source; only the AE's confirmation makes it count",
    expect: {
      outcome: { two_bucket: "none", lanes: "disputed" },
      disputed: { two_bucket: "sourced" },
      tests: { origin: false },
    },
    tale: {
      owner: "Maren Okafor",
      amount: 34_600,
      created: 26,
      stages: [[2, 15]],
      roles: [
        { partner: "P-fennimore", role: "referral_source", touched: 30, recorded: 22, confirmed: "never" },
      ],
    },
  },
  {
    dealId: "D-2011",
    account: "Bexhill Ceramics",
    shows: "Program exception: a portfolio company that came under the pricing program needs no tag",
    expect: {
      outcome: { two_bucket: "sourced", triple_tier: "sourced", roi_buckets: "sourced", lanes: "sourced" },
      gray: ["program_exception"],
    },
    tale: {
      owner: "Ines Duarte",
      amount: 39_500,
      created: 33,
      stages: [[2, 22]],
      roles: [
        { partner: "P-calder", role: "referral_source", touched: 37, recorded: 31, confirmed: "never" },
      ],
      activities: [{ partner: "P-calder", type: "partner_pricing", on: 18 }],
    },
  },
  {
    dealId: "D-2012",
    account: "Carrow & Pike",
    shows: "Shared origin: one registered it, one referred it; the amount is split to the cent",
    expect: { outcome: { two_bucket: "sourced" }, gray: ["shared_origin"] },
    tale: {
      owner: "Theo Castellane",
      amount: 38_250.55,
      created: 84,
      stages: [
        [2, 74],
        [3, 56],
        [4, 39],
        [5, 26],
      ],
      won: 15,
      registrations: [{ partner: "P-vellum", submitted: 87, approved: 81 }],
      roles: [
        { partner: "P-vellum", role: "sourcer", touched: 87, recorded: 81 },
        { partner: "P-fennimore", role: "referral_source", touched: 88, recorded: 81 },
      ],
      activities: [
        { partner: "P-fennimore", type: "executive_intro", on: 78 },
        { partner: "P-vellum", type: "joint_discovery", on: 71 },
      ],
    },
  },
  {
    dealId: "D-2013",
    account: "Dovecote Home",
    shows: "Sourced from a funded event, before any opportunity existed: stage 0",
    expect: { outcome: { two_bucket: "sourced" }, tests: { gate: true, motion: true } },
    tale: {
      owner: "Jonas Lindqvist",
      amount: 29_800,
      created: 44,
      stages: [[2, 32]],
      roles: [{ partner: "P-paperlantern", role: "sourcer", touched: 49, recorded: 43 }],
      activities: [{ partner: "P-paperlantern", type: "mdf_event", on: 49, recorded: 43 }],
    },
  },
];
