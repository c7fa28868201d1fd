import type { PartnerKind } from "@/lib/attribution/vocabulary";

export interface DemoPartner {
  id: string;
  name: string;
  kind: PartnerKind;
  parentId: string | null;
  programs: readonly string[];
  /** The partner manager. */
  ownerId: string;
  /** Who people there are, as role tables name them. */
  contacts: readonly string[];
}

const partner = (
  id: string,
  name: string,
  kind: PartnerKind,
  ownerId: string,
  contacts: readonly string[],
  more: Partial<Pick<DemoPartner, "parentId" | "programs">> = {},
): DemoPartner => ({ id, name, kind, parentId: null, programs: [], ...more, ownerId, contacts });

/** Tarnwick's partners; a parent comes before its child. */
export const DEMO_PARTNERS: readonly DemoPartner[] = [
  partner("P-northgate", "Northgate Integration", "integrator", "U-dana", [
    "Sunniva Hale, practice lead",
    "Idris Bellamy, solution architect",
  ]),
  partner("P-tidewell", "Tidewell Consulting", "integrator", "U-dana", [
    "Oskar Renn, principal",
    "Amara Osei, delivery director",
  ]),
  partner("P-orrin", "Orrin Group", "integrator", "U-kofi", ["Graham Tully, alliances"]),
  partner("P-orrin-retail", "Orrin Retail Practice", "agency", "U-kofi", ["Lena Voss, retail lead"], {
    parentId: "P-orrin",
  }),
  partner("P-vellum", "Vellum Distribution", "reseller", "U-dana", [
    "Marco Silvani, account director",
    "Beth Ngata, inside sales",
  ]),
  partner("P-southmark", "Southmark Resale", "reseller", "U-kofi", ["Pieter Kruse, regional sales"]),
  partner("P-lumaflow", "Lumaflow", "technology", "U-kofi", [
    "Yuki Arai, partner engineering",
    "Tomas Brandl, alliances",
  ]),
  partner("P-gridstone", "Gridstone Data", "technology", "U-dana", ["Farah Haddad, field CTO"]),
  partner("P-fennimore", "Fennimore Partners", "referral", "U-kofi", ["Alistair Fenn, managing partner"]),
  partner("P-paperlantern", "Paper Lantern", "agency", "U-kofi", ["Noor Jansen, client partner"]),
  partner(
    "P-calder",
    "Calder Ridge Capital",
    "pe_vc",
    "U-dana",
    ["Simone Achterberg, operating partner", "Reid Galloway, portfolio ops"],
    { programs: ["pe_vc_pricing"] },
  ),
  partner("P-stratus", "Stratus Exchange", "marketplace", "U-kofi", ["Jo Maddox, marketplace desk"]),
  partner("P-harrow", "Harrow Lane Ventures", "pe_vc", "U-dana", ["Celeste Munro, platform"]),
];

export function partnerOf(id: string): DemoPartner {
  const found = DEMO_PARTNERS.find((one) => one.id === id);
  if (!found) throw new RangeError(`no partner of the demo has the id ${id}`);
  return found;
}
