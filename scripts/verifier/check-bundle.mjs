import { sha256, toHex } from "./bytes.mjs";
import { canonical } from "./canonical.mjs";
import { checkSamples } from "./check-samples.mjs";
import { readEntry } from "./entry.mjs";
import { fault, some } from "./fault.mjs";
import { badKey, HEAD, signedBy, signerOf } from "./signed.mjs";
import { leafOf, Nodes } from "./tree.mjs";

const FORMAT = "countersign-bundle-1";
const MEMBERS = "entries,format,former,head,keys,nodes,number,quarter,seal";

/**
 * Checks a bundle: a frozen quarter's seal, what the log says of it, and the proofs that it does (README.md).
 *
 * @param kept the head that was kept outside, { head, keys } or null
 * @returns what it holds, and `lines`, sentences of what was checked
 * @throws Fault
 */
export function checkBundle(bundle, kept) {
  try {
    return checkAll(bundle, kept);
  } catch (error) {
    if (error.status === 1) throw error;
    return fault(`the bundle is not whole: ${error.message}`);
  }
}

function checkAll(bundle, kept) {
  if (
    Object.keys(bundle ?? {})
      .sort()
      .join() !== MEMBERS ||
    bundle.format !== FORMAT
  )
    fault(`this is no bundle of the format ${FORMAT}`);
  const log = checkLog(bundle, kept);
  const seal = checkSeal(bundle, log);
  const signed = checkSignatures(seal, log);
  const samples = checkSamples(seal, log.entries);
  const unused = log.nodes.unused();
  if (unused !== null) fault(`the node ${unused} is of no proof here`);
  const { head, entries } = log;
  const { header, digest } = seal;
  const deals = entries.filter(({ dealId }) => dealId !== null).length;
  const lines = [
    `${header.quarter.label} of ${header.company}: ${some(header.closed, "closed deal")} among ${some(header.deals, "document")}, byte for byte what the seal's digest is of`,
    `Digest ${digest}, frozen by ${header.sealed.by.name} and prepared by ${header.prepared.by.name}, as the log says`,
    `${some(Object.keys(header.policies).length, "policy", "policies")}, the hash that of the text; ${some(signed, "signature")}, each as the log says`,
    `${some(entries.length, "entry", "entries")} of the log, ${deals} of them on its deals, each shown to be among the ${head.size} of the head`,
    `${some(log.standing, "head")} on the seal and the signatures and ${some(bundle.former.length, "former head")}: each the beginning of the same log`,
    ...samples.map(({ line }) => line),
    `The head over ${head.size} entries was signed at ${head.at}, by the key ${head.kid}`,
    keptLine(kept, log),
  ];
  return { lines, header, documents: seal.documents, entries, samples, digest, head, number: bundle.number };
}

const keptLine = (kept, { mine }) =>
  kept
    ? `The head you kept, of ${mine.size} entries, is the beginning of this log: nothing before it was changed, cut off or slipped in`
    : "You gave no head that was kept outside: the bundle agrees with itself, and whoever holds the house's key could have made all of it anew";

/** Keys, head, the heads before it, and every entry in it. */
function checkLog(bundle, kept) {
  const { keys, nodes: hashes } = bundle;
  const bad = badKey(keys);
  if (bad) fault(bad);
  const said = signedBy(keys, HEAD, bundle.head);
  if (!said) fault("the head of the bundle is signed by none of its keys");
  const head = { ...said.payload, kid: said.kid };
  const nodes = new Nodes(hashes);
  let last = 0;
  for (const one of bundle.former) {
    if (Object.keys(one).sort().join() !== "root,size" || !(one.size > last) || one.size >= head.size)
      fault(`the former head of ${one.size} entries is out of order`);
    if (!nodes.isBeginning(one, head))
      fault(`the former head of ${one.size} entries is not shown to be the beginning of this log`);
    last = one.size;
  }
  const mine = kept && checkKept(kept, bundle, head);
  const entries = checkEntries(bundle, head, nodes);
  return { keys, head, nodes, entries, mine, standing: 0 };
}

/** The head that was kept is the bundle's, or one of the former ones, by keys that were kept or that one of those vouches for. */
function checkKept({ head: text, keys: its }, { keys, former }, head) {
  const said = signedBy(its ?? keys, HEAD, text);
  if (!said) fault("the head you kept is signed by none of the keys beside it, or of the bundle's");
  if (!isKnown(head.kid, keys, its ?? keys.filter(({ kid }) => kid === said.kid)))
    fault("no key that you kept signed the head of the bundle, or vouches for the one that did");
  const { size, root } = said.payload;
  if (size > head.size)
    fault(
      `the head you kept covers ${size} entries and the bundle's ${head.size}: the end was cut off, or the bundle is older than your head`,
    );
  const same = size === head.size ? head : former.find((one) => one.size === size);
  if (!same)
    fault(
      `the bundle shows nothing of a head over ${size} entries: have it made for the head that you kept (npm run -s bundle -- QUARTER FILE --head FILE)`,
    );
  if (same.root !== root)
    fault(
      `the head you kept, over ${size} entries, is not of this log: one of them was changed, removed or slipped in`,
    );
  return said.payload;
}

/** Whether a key was kept, or has the word of one that is known. */
function isKnown(kid, keys, kept, seen = []) {
  if (kept.some((one) => one.kid === kid && keys.some(({ x }) => x === one.x))) return true;
  const endorsed = keys.find((one) => one.kid === kid)?.endorsed;
  if (!endorsed || seen.includes(kid)) return false;
  return isKnown(signerOf(endorsed), keys, kept, [...seen, kid]);
}

function checkEntries({ entries }, head, nodes) {
  let [before, last] = [0n, -1];
  return entries.map((one) => {
    if (Object.keys(one).sort().join() !== "entry,place" || !(one.place > last))
      fault(`the entry at place ${one.place} is out of order`);
    last = one.place;
    const entry = readEntry(one.entry, null, before);
    before = BigInt(entry.id);
    if (nodes.rootWith(leafOf(one.entry), one.place, head.size) !== head.root)
      fault(`entry ${entry.id} is not in the log of the head, or not as it is written here`);
    return entry;
  });
}

/** A head that stands on something is of this log. */
function mustStand(on, text, log) {
  const said = signedBy(log.keys, HEAD, text);
  if (!said) fault(`the head on ${on} is signed by none of the keys`);
  if (!log.nodes.isBeginning(said.payload, log.head))
    fault(`the head on ${on} is not shown to be the beginning of this log`);
  log.standing += 1;
}

function checkSeal({ seal, quarter, number }, log) {
  const lines = seal.map((line) => readLine(line, quarter));
  const digest = toHex(sha256(seal.map((line) => `${line}\n`).join("")));
  const [header, ...documents] = lines;
  if (header?.quarter?.label !== quarter) fault(`the seal is not of ${quarter}`);
  const freezes = log.entries.filter(
    ({ action, subjectKind, subjectId }) =>
      action === "freeze-quarter" && subjectKind === "quarter" && subjectId === quarter,
  );
  if (freezes.length !== 1)
    fault(`the bundle holds ${some(freezes.length, "freeze")} of ${quarter}, and not one`);
  const [{ after, actor }] = freezes;
  if (after?.digest !== digest)
    fault(`the seal is not what was frozen: its digest is ${digest}, and the log says ${after?.digest}`);
  if (actor !== `user:${header.sealed.by.id}`) fault(`the log says that ${actor} froze ${quarter}`);
  if (header.sealed.log) mustStand(`the seal of ${quarter}`, header.sealed.log, log);
  checkDocuments(header, documents);
  if (number !== null && header.figures[number?.metric]?.[number?.figure] === undefined)
    fault("the bundle is about a number that the seal does not hold");
  return { header, documents, digest };
}

function readLine(line, quarter) {
  let value;
  try {
    value = JSON.parse(line);
  } catch {
    fault(`a line of the seal of ${quarter} is no JSON`);
  }
  if (canonical(value) !== line) fault(`a line of the seal of ${quarter} is not written canonically`);
  return value;
}

/** As many as the header says, each once, under a policy that it holds. */
function checkDocuments(header, documents) {
  const { from, to } = header.quarter;
  const ids = new Set(documents.map(({ facts }) => facts.deal.id));
  const closed = documents.filter(({ facts: { deal } }) => deal.closedOn >= from && deal.closedOn <= to);
  if (ids.size !== documents.length || documents.length !== header.deals || closed.length !== header.closed)
    fault(`the seal's header counts ${header.closed} closed of ${header.deals} deals, and others are here`);
  for (const { facts, policyHash } of documents)
    if (!Object.hasOwn(header.policies, policyHash))
      fault(`the deal ${facts.deal.id} was judged by a policy that the seal does not hold`);
  for (const [hash, policy] of Object.entries(header.policies))
    if (toHex(sha256(canonical(policy))) !== hash) fault(`a policy is not the text of its hash ${hash}`);
}

/** What the log tells of signatures, over the policies of the seal; all those that its header names. */
function checkSignatures({ header }, log) {
  const given = log.entries.filter(
    ({ action, subjectKind }) => action === "sign-policy" && subjectKind === "signature",
  );
  for (const { id, actor, after } of given) {
    if (!Object.hasOwn(header.policies, after?.hash))
      fault(`entry ${id} signs a policy that the seal does not hold`);
    if (actor !== `user:${after.userId}`) fault(`entry ${id} is of another hand than the signature's`);
    if (after.logHead) mustStand(`the signature of ${after.seat}`, after.logHead, log);
  }
  const { hash, signed } = header.policy;
  const over = given.filter(({ after }) => after.hash === hash);
  for (const { seat, name } of signed?.by ?? [])
    if (!over.some(({ after }) => after.seat === seat && after.name === name))
      fault(`the log tells of no signature by ${name} of the policy that the numbers are shown under`);
  if (new Set(over.map(({ actor }) => actor)).size !== over.length)
    fault("one person signed the policy in two seats");
  return given.length;
}
