import { checkBundle } from "../check-bundle.mjs";
import { readBundle, readHead } from "../read-bundle.mjs";

/** What a bundle holds, for people, and whether it holds: by the same code as `verify.mjs`. */
let bundle = JSON.parse(document.getElementById("bundle").textContent);
let kept = null;

function element(name, children = [], attributes = {}) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...[children].flat().filter((child) => child !== null));
  return made;
}

function show() {
  const verdict = document.getElementById("verdict");
  const content = document.getElementById("content");
  content.replaceChildren();
  if (bundle === null) return;
  try {
    const found = checkBundle(bundle, kept);
    verdict.dataset.holds = "yes";
    verdict.replaceChildren(
      element("strong", "It holds."),
      element(
        "ul",
        found.lines.map((line) => element("li", line)),
      ),
    );
    render(found, content);
  } catch (error) {
    verdict.dataset.holds = "no";
    verdict.replaceChildren(element("strong", "It does not hold."), element("p", error.message));
  }
}

function render({ header, documents, entries, samples, digest, number }, content) {
  const { label, from, to } = header.quarter;
  document.getElementById("title").textContent =
    `${label}: proof bundle of ${header.company || "the company"}`;
  document.getElementById("lead").textContent =
    `${from} to ${to}, frozen by ${header.sealed.by.name} at ${header.sealed.at}. Digest ${digest}`;
  const closed = documents.filter(({ facts: { deal } }) => deal.closedOn >= from && deal.closedOn <= to);
  content.append(
    ...part("Numbers", numbersOf(header, number)),
    ...part("Samples", samples.map(sampleOf)),
    ...part("Signatures", entries.filter(({ action }) => action === "sign-policy").map(signatureOf)),
    ...part("Clauses", Object.entries(header.policies).map(policyOf)),
    ...part(
      `Closed deals (${closed.length})`,
      closed.map((document) => dealOf(document, entries)),
    ),
  );
  content.querySelector(".is-about")?.scrollIntoView({ block: "center" });
}

const part = (title, nodes) => (nodes.length === 0 ? [] : [element("h2", title), ...nodes]);
const facts = (pairs) =>
  element(
    "dl",
    pairs.flatMap(([name, value]) => [element("dt", name), element("dd", value)]),
  );

function numbersOf({ report, reportingCurrency }, number) {
  return Object.entries(report).map(([metric, { name, figures }]) => {
    const lines = figures.map((figure) => [figure.name, valueText(figure, reportingCurrency)]);
    const isAbout = number?.metric === metric;
    return element("section", [element("h3", name), facts(lines)], isAbout ? { class: "is-about" } : {});
  });
}

function valueText({ value, unit }, currency) {
  if (typeof value !== "number") return `— (${value.undefined.replaceAll("_", " ")})`;
  if (unit === "money") return moneyText(value, currency);
  if (unit === "share") return `${(value * 100).toFixed(1)} %`;
  return `${Number(value.toFixed(2))}${unit === "days" || unit === "deals" ? ` ${unit}` : ""}`;
}

function moneyText(minor, currency) {
  const format = new Intl.NumberFormat("en", { style: "currency", currency, currencyDisplay: "code" });
  return format.format(minor / 10 ** format.resolvedOptions().maximumFractionDigits);
}

const sampleOf = ({ line, ticks, drawn }) =>
  element("section", [
    element("p", line),
    facts(
      drawn.after.deals.map((id) => {
        const tick = ticks.get(id);
        const said = tick
          ? `${tick.after.verdict.replaceAll("_", " ")}, ${tick.after.tickedByName}`
          : "not looked at";
        return [id, tick?.after.note ? `${said}: ${tick.after.note}` : said];
      }),
    ),
  ]);

const signatureOf = ({ after, at, id }) =>
  facts([
    [after.seat.replaceAll("_", " "), `${after.name} at ${at}, entry ${id} of the log`],
    ["over the hash", after.hash],
  ]);

const policyOf = ([hash, policy]) =>
  element("details", [
    element("summary", `Policy ${hash.slice(0, 12)}, ${policy.model ?? ""}`),
    element(
      "dl",
      Object.entries(policy).flatMap(([name, value]) => [
        element("dt", name),
        element("dd", element("pre", JSON.stringify(value, null, 1))),
      ]),
    ),
  ]);

function dealOf({ facts: { deal, ...rest }, account, owner, partners, result, policyHash }, entries) {
  const mine = entries.filter(({ dealId }) => dealId === deal.id);
  const tests = result.partners.map((one) =>
    element("section", [
      element("h3", `${partners[one.partnerId] ?? one.partnerId}: ${one.outcome}, by ${one.rule}`),
      facts(
        one.tests.map(({ test, passed, facts: ids }) => [
          test,
          `${passed ? "passed" : "not passed"} ${ids.join(", ")}`,
        ]),
      ),
    ]),
  );
  return element("details", [
    element(
      "summary",
      `${account ?? deal.id}, ${moneyText(deal.amount, deal.currency)}, ${deal.outcome} on ${deal.closedOn}: ${result.outcome}`,
    ),
    facts([
      ["Deal", deal.id],
      ["Owner", owner],
      ["Evidence", result.evidence ?? "—"],
      ["Policy", policyHash],
    ]),
    ...tests,
    element("h3", "Facts"),
    element("pre", JSON.stringify({ deal, ...rest }, null, 1)),
    element("h3", `What the log says of it (${mine.length})`),
    ...mine.map((entry) =>
      element("pre", `${entry.at} ${entry.actor} ${entry.action} ${JSON.stringify(entry.after)}`),
    ),
  ]);
}

/** What was dropped: a head is kept, anything else is a bundle to check. */
async function take(files) {
  for (const file of files) {
    const text = await file.text();
    const head = readHead(text);
    if (head) kept = head;
    else {
      try {
        bundle = readBundle(text);
      } catch {
        bundle = {};
      }
    }
  }
  show();
}

addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  void take([...event.dataTransfer.files]);
});
document.getElementById("files").addEventListener("change", (event) => void take([...event.target.files]));
show();
