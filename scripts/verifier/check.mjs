import { createHash } from "node:crypto";
import { toHex } from "./bytes.mjs";
import { readEntry } from "./entry.mjs";
import { fault, some } from "./fault.mjs";
import { People } from "./people.mjs";
import { badKey, HEAD, RECEIPT, signedBy } from "./signed.mjs";
import { leafOf, Tree } from "./tree.mjs";

/**
 * Checks a log wherever it lies (read-export.mjs, read-database.mjs say the shape).
 *
 * @param kept the head that was kept outside, { head, keys } or null
 * @returns sentences of what was checked
 * @throws Fault
 */
export async function check(source, kept) {
  const keys = await source.keys();
  const bad = badKey(keys);
  if (bad) fault(bad);
  const waymarks = await waymarksOf(source, keys, kept);
  const people = await People.of(source.people());
  const { tree, told } = await checkEntries(source, keys, waymarks, people);
  people.end(source.waiting);
  const policies = await checkSigned("policy", source.policies(), source, told);
  const plans = await checkSigned("compensation plan", source.plans(), source, told);
  const seals = await checkSeals(source, told);
  const waiting = source.waiting > 0 ? `; ${source.waiting} more are too young to be signed` : "";
  return [
    `${tree.size} entries, each of them what its leaf in the tree says${waiting}`,
    `${some(people.kept, "value")} about people kept beside it, each what its mark says; ${some(people.entries, "entry", "entries")} with a part that was erased or forgotten`,
    `${some(waymarks.own, "signed head")}, every one the head of what comes before it`,
    `${some(waymarks.standing.length, "head")} on seals, signatures and receipts: of this log`,
    kept
      ? `The head you kept, of ${waymarks.kept.size} entries, is the beginning of this log: nothing before it was changed, cut off or slipped in`
      : "You gave no head that was kept outside: the log agrees with itself, and whoever holds its database and its key could have written it anew",
    `${some(keys.length, "key")}, ${keys.filter(({ endorsed }) => endorsed).length} of them vouched for by a former one`,
    `${some(policies, "policy", "policies")} and ${some(plans, "compensation plan")}, the hash that of the text, signed as the log says`,
    `${some(seals, "seal")}, the digest that of the bytes, frozen as the log says`,
    `${some(waymarks.receipts, "receipt")} of the stage gate, as signed; ${some(waymarks.strange, "text")} kept in a receipt's place that is none`,
    `Root ${tree.root()}`,
  ];
}

/** Every head that the tree must have been at, smallest first: its own are read as it grows. */
async function waymarksOf(source, keys, kept) {
  const standing = [];
  const stands = (on, head) => {
    const said = signedBy(keys, HEAD, head);
    if (!said) fault(`the head on ${on} is signed by none of the log's keys`);
    standing.push({ ...said.payload, on: `the head on ${on}` });
  };
  for (const { quarter, head } of await source.seals()) if (head) stands(`the seal of ${quarter}`, head);
  for (const documents of [source.policies(), source.plans()])
    for await (const { id, signatures } of documents)
      for (const { seat, head } of signatures) if (head) stands(`the signature of ${seat} on ${id}`, head);
  let [receipts, strange] = [0, 0];
  for await (const { dealId, receipt } of source.receipts()) {
    // Text that is no receipt of this installation's is kept as it came, and counts for nothing (domain.md §8.3).
    const said = signedBy(keys, RECEIPT, receipt);
    if (said?.payload.log) stands(`the receipt of the deal ${dealId}`, said.payload.log);
    if (said) receipts += 1;
    else strange += 1;
  }
  const mine = kept && readKept(kept, keys);
  const asked = [...standing, ...(mine ? [{ ...mine, on: "the head you kept" }] : [])];
  return {
    standing,
    kept: mine,
    asked: asked.sort((one, other) => one.size - other.size),
    receipts,
    strange,
    own: 0,
  };
}

function readKept({ head, keys: its }, keys) {
  const said = signedBy(its ?? keys, HEAD, head);
  if (!said) fault("the head you kept is signed by none of the keys beside it, or of the log's");
  if (!signedBy(keys, HEAD, head)) fault("the log no longer knows the key that signed the head you kept");
  return said.payload;
}

/** Entries in order, against their leaves and every head on the way; tells what they say of freezes and signatures. */
async function checkEntries(source, keys, waymarks, people) {
  const tree = new Tree();
  const told = { freezes: new Map(), signatures: new Map() };
  const heads = source.heads()[Symbol.asyncIterator]();
  let next = (await heads.next()).value;
  let [asked, good, before] = [0, 0, 0n];
  const standing = waymarks.asked;
  const atSize = async (isEnd) => {
    for (; next && (next.size <= tree.size || isEnd); next = (await heads.next()).value) {
      holds(tree, signedBy(keys, HEAD, next.head)?.payload, next.size, `the log's own head`, good, isEnd);
      good = next.size;
      waymarks.own += 1;
    }
    for (; asked < standing.length && (standing[asked].size <= tree.size || isEnd); asked += 1)
      holds(tree, standing[asked], standing[asked].size, standing[asked].on, good, isEnd);
  };
  await atSize(false);
  for await (const { line, leaf, id } of source.entries()) {
    const entry = readEntry(line, id, before);
    before = BigInt(entry.id);
    const hash = leafOf(line);
    if (leaf === null) fault(`entry ${entry.id} was never taken into the tree, though younger ones were`);
    if (leaf !== toHex(hash))
      fault(`entry ${entry.id} is not what its leaf says: it was changed, or one before it is gone`);
    remember(told, entry);
    people.see(entry);
    tree.add(hash);
    await atSize(false);
  }
  await atSize(true);
  if (source.leaves !== tree.size)
    fault(`the tree has ${source.leaves} leaves, and the log ${tree.size} entries: the end is gone`);
  return { tree, told };
}

function holds(tree, said, size, what, good, isEnd) {
  if (isEnd && size > tree.size)
    fault(`${what} covers ${size} entries, and only ${tree.size} are here: the end was cut off`);
  if (!said) fault(`${what} over ${size} entries is signed by none of the log's keys`);
  if (said.size !== size || said.root !== tree.root())
    fault(
      `${what} over ${size} entries is not the head of what is here: an entry after the first ${good} and among the first ${size} was changed, removed or slipped in`,
    );
}

const SIGNS = ["sign-policy", "sign-compensation-plan"];

function remember(told, { action, subjectKind, subjectId, after }) {
  if (action === "freeze-quarter" && subjectKind === "quarter")
    told.freezes.set(subjectId, [...(told.freezes.get(subjectId) ?? []), after?.digest]);
  if (SIGNS.includes(action) && subjectKind === "signature")
    told.signatures.set(subjectId, [...(told.signatures.get(subjectId) ?? []), after?.hash]);
}

const sha256 = (text) => createHash("sha256").update(text).digest("hex");

/** Documents that three people sign: each the text of its hash, and signed as the log tells. */
async function checkSigned(kind, documents, source, told) {
  let count = 0;
  for await (const { id, hash, text, signatures } of documents) {
    if (sha256(text) !== hash) fault(`the ${kind} ${id} is not the text of its hash`);
    for (const signature of signatures) {
      if (signature.hash !== hash)
        fault(`the ${kind} ${id} is signed by ${signature.seat} over another text`);
      // One that is too young for the tree is not in what was read.
      const said = told.signatures.get(`${id} ${signature.seat}`);
      if (said && !said.includes(hash))
        fault(`the log tells of another signature by ${signature.seat} of the ${kind} ${id}`);
      if (!said && source.waiting === 0)
        fault(`the log tells of no signature by ${signature.seat} of the ${kind} ${id}`);
    }
    count += 1;
  }
  return count;
}

async function checkSeals(source, told) {
  let count = 0;
  for (const { quarter, digest, lines } of await source.seals()) {
    const hash = createHash("sha256");
    for await (const line of lines()) hash.update(line).update("\n");
    if (hash.digest("hex") !== digest) fault(`the seal of ${quarter} is not of its digest`);
    const said = told.freezes.get(quarter);
    if (said && !said.includes(digest)) fault(`the log tells of another seal of ${quarter}`);
    if (!said && source.waiting === 0) fault(`the log tells of no freeze of ${quarter}`);
    count += 1;
  }
  return count;
}
