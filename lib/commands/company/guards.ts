import { all, type Guard, type MaySay } from "../guard";

/** The company's name until the story is told to its end: whoever finds it finds one being told, or cut off. */
export const BEING_TOLD = "The demo company (being told)";

/** What stands in the way of a story: what the database holds already, and who could get in. */
export interface OfDatabase {
  /** In the words of what is there, as "deals"; empty where the story can be told. */
  holds: readonly string[];
  /** Whether people whose passwords everybody can read may be where this app listens. */
  mayShowDemo: boolean;
}

export const mayEditSettings: Guard<unknown> = { may: "settings.edit" };

/** The story is told beside nobody's facts, and where nobody else can get in by its passwords (§9). */
export const mayBeginDemo: Guard<OfDatabase> = {
  may: "settings.edit",
  when: ({ holds, mayShowDemo }): MaySay =>
    all(
      holds.length === 0 || `The demo is told in an empty database, and this one has ${holds[0]}`,
      mayShowDemo ||
        "The demo's passwords can be read by everybody, and this app is open to others: start it on this machine alone (without HOST) to have the demo told",
    ),
};
