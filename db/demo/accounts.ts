import { type Random, randomOf } from "./random";

/** First and second halves of customers' names. All invented; together some 1,900 companies. */
// biome-ignore format: names read better in rows
const FIRST = [
  "Alderbrook", "Ashmere", "Barrowfen", "Bellwether Quay", "Birchholm", "Blackfold", "Brackenridge", "Calverstone",
  "Cinderford", "Copperbeck", "Corvane", "Dunmarrow", "Eastlark", "Elmsworth", "Fallowgate", "Fernhythe",
  "Galloway Moor", "Glasswing", "Greywater", "Hallowmere", "Harborline", "Hazelmont", "Heronsgate", "Hollin",
  "Inglewick", "Juniper Vale", "Kettleby", "Kingsmarsh", "Lanternhill", "Larkspur", "Linden Hythe", "Lowmoor",
  "Marlowe Bay", "Merrivale", "Millrace", "Mossgiel", "Netherby", "Oakhurst Dene", "Oriel", "Pellworth",
  "Pinecroft", "Quarrington", "Redfern", "Rookhaven", "Saltmarsh", "Sandrigg", "Selwood", "Silverthorn",
  "Stonecross", "Summerleigh", "Swiftwater", "Thistledown", "Thornbury Lane", "Umberfield", "Valebrook",
  "Wexcombe", "Whinfell", "Wilderhope", "Windlestraw", "Yarrowby",
] as const;
// biome-ignore format: names read better in rows
const SECOND = [
  "Foods", "Freight", "Logistics", "Cold Chain", "Grocers", "Hardware", "Textiles", "Packaging", "Pharma", "Outdoor",
  "Home", "Beverages", "Parts", "Distribution", "Farms", "Pet Supply", "Furniture", "Retail Group", "Paper",
  "Chemicals", "Footwear", "Bakeries", "Medical", "Shipping", "Electronics", "Timber", "Ceramics", "Dairies",
  "Apparel", "Wholesale", "Tools", "Seeds",
] as const;

/** New customers' names, none twice, none with the first half that the last few had. */
export function accountNames(seed: number): () => string {
  const random: Random = randomOf(seed, "accounts");
  const given = new Set<string>();
  let firsts: string[] = [];
  return () => {
    if (firsts.length === 0) firsts = random.shuffle(FIRST);
    const first = firsts.pop() as string;
    let name: string;
    do name = `${first} ${random.pick(SECOND)}`;
    while (given.has(name));
    given.add(name);
    return name;
  };
}

/** `Alderbrook Cold Chain` as it appears in a link: `alderbrook-cold-chain`. */
export function slugOf(account: string): string {
  return account
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
