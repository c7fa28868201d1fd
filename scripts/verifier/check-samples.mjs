import { sha256, toHex } from "./bytes.mjs";
import { fault, some } from "./fault.mjs";

/** Two-sided 95 %. */
const Z = 1.959963984540054;

/** Where the share of what holds lies, by Wilson: [low, high] from 0 to 1. */
export function wilson(hold, of) {
  const share = hold / of;
  const middle = (share + Z ** 2 / (2 * of)) / (1 + Z ** 2 / of);
  const half = (Z * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2))) / (1 + Z ** 2 / of);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/**
 * The samples that were drawn of the quarter, as the log tells of them: drawn again from their seeds, with what was
 * found of each deal, by whom, and who signed off.
 */
export function checkSamples({ header, documents, digest }, entries) {
  const drawn = entries.filter(
    ({ action, subjectKind }) => action === "draw-sample" && subjectKind === "audit_sample",
  );
  return drawn.map((entry) => {
    const { id, after } = entry;
    const sampleId = entry.subjectId;
    if (after.quarter !== header.quarter.label || after.digest !== digest)
      fault(`entry ${id} draws a sample of another seal`);
    if (after.method === "deals" && drawAgain(after, header, documents).join() !== after.deals.join())
      fault(`the sample ${sampleId} is not what its seed draws`);
    const ticks = new Map();
    for (const tick of entries)
      if (tick.action === "tick-sampled-deal" && tick.after?.sampleId === sampleId)
        ticks.set(tick.after.dealId, tick);
    const end = entries.find(
      ({ action, subjectId }) => action === "sign-off-sample" && subjectId === sampleId,
    );
    if (end) mustBeAnother(sampleId, end, [entry, ...ticks.values()], after.deals, ticks);
    return { sampleId, seed: after.seed, drawn: entry, ticks, end, line: lineOf(after, ticks, end) };
  });
}

function mustBeAnother(sampleId, end, hands, deals, ticks) {
  if (hands.some(({ actor }) => actor === end.actor))
    fault(`the sample ${sampleId} was signed off by somebody who had a hand in it`);
  if (deals.some((deal) => !ticks.has(deal)))
    fault(`the sample ${sampleId} was signed off before all of it was looked at`);
  if ([...ticks.values()].some(({ id }) => BigInt(id) > BigInt(end.id)))
    fault(`the sample ${sampleId} was ticked after it was signed off`);
}

/** Of the deals that closed in the quarter those whose hashes with the seed come first. */
function drawAgain({ seed, size }, { quarter: { from, to } }, documents) {
  return documents
    .map(({ facts: { deal } }) => deal)
    .filter(({ closedOn }) => closedOn >= from && closedOn <= to)
    .map(({ id }) => ({ id, hash: toHex(sha256(`${seed}\n${id}`)) }))
    .sort((one, other) => (one.hash < other.hash ? -1 : 1))
    .slice(0, size)
    .map(({ id }) => id);
}

function lineOf({ seed, method, deals }, ticks, end) {
  const hold = [...ticks.values()].filter(({ after }) => after.verdict === "holds").length;
  const percent = (share) => `${(100 * share).toFixed(1)} %`;
  const how = method === "deals" ? "drawn again from its seed" : "drawn by amount, not drawn again here";
  const found =
    ticks.size < deals.length
      ? `${ticks.size} of ${deals.length} looked at`
      : `${hold} of ${some(deals.length, "deal")} hold, 95 % between ${wilson(hold, deals.length).map(percent).join(" and ")}`;
  return `A sample of ${some(deals.length, "deal")}, seed “${seed}”, ${how}: ${found}; ${end ? `signed off by ${end.after.signedOffByName}` : "not signed off"}`;
}
