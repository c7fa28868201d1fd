import { daysBetween } from "../../calendar";
import type { Day, Facts, PartnerFacts } from "../facts";
import type { Involvement, Role, Stage } from "../vocabulary";

/** One hypothetical write of a hand about a partner. */
export type Write =
  | {
      kind: "row";
      role: Role;
      touchStage: Stage;
      touchedOn: Day;
      recordedOn: Day;
      confirmed: boolean;
      /** The row that it rewrites; null where it is a new one. */
      rewrites: string | null;
    }
  | {
      kind: "activity";
      type: string;
      stage: Stage;
      occurredOn: Day;
      recordedOn: Day;
      involvement: Involvement;
    }
  | { kind: "proof"; activityId: string }
  | { kind: "registration"; submittedOn: Day; recordedOn: Day }
  | { kind: "program"; program: string; from: Day }
  /** What our own team did first is said to be not known. */
  | { kind: "engagement" };

/** How dear it is to do: the number of writes, then how many days back the furthest day lies that is typed. */
export interface Cost {
  writes: number;
  daysBack: number;
}

export function costOf(writes: readonly Write[], asOf: Day): Cost {
  let earliest = asOf;
  for (const write of writes) for (const day of typedDays(write)) if (day < earliest) earliest = day;
  return { writes: writes.length, daysBack: daysBetween(earliest, asOf) };
}

function typedDays(write: Write): Day[] {
  switch (write.kind) {
    case "row":
      return [write.touchedOn, write.recordedOn];
    case "activity":
      return [write.occurredOn, write.recordedOn];
    case "registration":
      return [write.submittedOn, write.recordedOn];
    default:
      return [];
  }
}

/** Cheaper first; what costs the same by how it is written, so that no order of trying shows. */
export function compareCost(one: Cost, other: Cost): number {
  return one.writes - other.writes || one.daysBack - other.daysBack;
}

/** The facts as they would stand after the writes, each stated by one hand, or countersigned where that hand may both. */
export function afterWrites(
  facts: Facts,
  partnerId: string,
  writes: readonly Write[],
  countersignsItself: boolean,
): Facts {
  const after: Facts = {
    ...facts,
    partners: [...facts.partners],
    registrations: [...facts.registrations],
    roles: [...facts.roles],
    activities: [...facts.activities],
  };
  const behind = { source: null, secondHandOn: countersignsItself ? facts.asOf : null };
  writes.forEach((write, at) => {
    const own = { id: `~${at}`, partnerId };
    switch (write.kind) {
      case "row": {
        const { kind: _, confirmed, rewrites, ...claim } = write;
        const row = { ...own, ...claim, confirmedOn: confirmed ? claim.recordedOn : null, ...behind };
        if (rewrites === null) after.roles.push(row);
        else
          after.roles = after.roles.map((one) =>
            one.id === rewrites ? { ...row, id: one.id, recordedOn: one.recordedOn } : one,
          );
        break;
      }
      case "activity": {
        const { kind: _, ...claim } = write;
        after.activities.push({ ...own, ...claim, proof: "https://proof.example", ...behind });
        break;
      }
      case "proof":
        after.activities = after.activities.map((one) =>
          one.id === write.activityId ? { ...one, proof: "https://proof.example", ...behind } : one,
        );
        break;
      case "registration": {
        const { submittedOn, recordedOn } = write;
        const decided = { status: "approved" as const, decidedOn: recordedOn };
        after.registrations.push({ ...own, submittedOn, recordedOn, ...decided, ...behind });
        break;
      }
      case "engagement":
        after.deal = { ...after.deal, firstEngagedOn: null };
        break;
      case "program":
        after.partners = inProgram(after.partners, partnerId, write);
        break;
    }
  });
  return after;
}

function inProgram(
  partners: readonly PartnerFacts[],
  partnerId: string,
  { program, from }: { program: string; from: Day },
): PartnerFacts[] {
  const known = partners.find(({ id }) => id === partnerId);
  const one: PartnerFacts = known ?? { id: partnerId, kind: "integrator", parentId: null, programs: [] };
  const joined = { ...one, programs: [...one.programs, { name: program, from, to: null }] };
  return [...partners.filter(({ id }) => id !== partnerId), joined];
}
