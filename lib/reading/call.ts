import type { Day } from "@/lib/attribution/facts";
import { companyDay, readInstant } from "@/lib/company-day";
import { refuse } from "@/lib/errors";
import { writtenDay } from "./day-words";
import type { Person } from "./known";
import type { Passage, Source } from "./source";

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const textOf = (value: unknown) => (typeof value === "string" ? value : "");
const objectsIn = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

/**
 * A call as its recorder tells it in JSON, in the shape of Gong's: `metaData` with title and start, `parties` with
 * names and addresses, `transcript` with what each of them said; at the top, or under `callData` or the like.
 *
 * @throws Refusal when it is none
 */
export function callSource(text: string, name: string, zone: string): Source {
  const call = parsed(text, name);
  const meta = isObject(call.metaData) ? call.metaData : call;
  const parties = objectsIn(call.parties);
  const monologues = objectsIn(call.transcript);
  if (monologues.length === 0) refuse("file", name, "is no call: it has no transcript");
  const people = new Map(parties.map((party) => [textOf(party.speakerId ?? party.id), personOf(party)]));
  const day = dayOf(textOf(meta.started ?? meta.startTime ?? meta.date), zone);
  return {
    title: textOf(meta.title),
    people: parties.map(personOf),
    passages: monologues.map((said): Passage => {
      const by = people.get(textOf(said.speakerId)) ?? null;
      const sentences = objectsIn(said.sentences).map((one) => textOf(one.text));
      return { kind: "spoken", text: sentences.join(" ") || textOf(said.text), day, by };
    }),
  };
}

const personOf = (party: Json): Person => ({
  name: textOf(party.name),
  email: textOf(party.emailAddress ?? party.email).toLowerCase() || null,
});

/** The one object that holds the transcript, with what stands beside or above it. */
function parsed(text: string, name: string): Json {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    refuse("file", name, "is not JSON");
  }
  if (!isObject(found)) refuse("file", name, "is no call: it is no object");
  const inner = [found.callData, ...objectsIn(found.calls), ...objectsIn(found.callTranscripts)].filter(
    isObject,
  );
  return Object.assign({}, ...inner.toReversed(), found) as Json;
}

function dayOf(started: string, zone: string): Day | null {
  const instant = readInstant(started);
  return instant === null ? writtenDay(started, zone) : companyDay(instant, zone);
}
