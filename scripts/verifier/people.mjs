import { sha256, toHex } from "./bytes.mjs";
import { canonical } from "./canonical.mjs";
import { fault } from "./fault.mjs";

/** Whence somebody signed in is forgotten after a time, without an erasure. */
const FORGOTTEN = ["browser", "origin"];
const HASH = /^[0-9a-f]{64}$/;

/**
 * What a log says of people is kept beside it: the entry holds a mark, SHA-256 of a salt, a blank and the value in
 * canonical JSON. Values that are there must be what was hashed; those that are not were erased, as an entry later on says.
 */
export class People {
  #marks = new Set();
  #erasure = 0n;
  #gone = 0n;
  /** Entries of which a part was erased or forgotten. */
  entries = 0;

  get kept() {
    return this.#marks.size;
  }

  static async of(values) {
    const people = new People();
    for await (const { mark, salt, value } of values) {
      const hash = toHex(sha256(new TextEncoder().encode(`${salt} ${canonical(value)}`)));
      if (hash !== mark)
        fault(`what the log says of somebody was changed: the mark ${mark} is not of its value`);
      people.#marks.add(mark);
    }
    return people;
  }

  see({ id, action, before, after }) {
    if (action === "erase-person") this.#erasure = BigInt(id);
    const gone = [before, after].flatMap((side) =>
      marksIn(side).filter(([, mark]) => !this.#marks.has(mark)),
    );
    if (gone.length > 0) this.entries += 1;
    if (gone.some(([field]) => !FORGOTTEN.includes(field))) this.#gone = BigInt(id);
  }

  /** To be asked at the end. @param waiting entries that are too young to be seen: one may tell of the erasure */
  end(waiting) {
    if (this.#gone > this.#erasure && waiting === 0)
      fault(`what entry ${this.#gone} says of somebody is gone, and no erasure after it says so`);
  }
}

function marksIn(side) {
  if (typeof side !== "object" || side === null || Array.isArray(side)) return [];
  return Object.entries(side).flatMap(([field, value]) => {
    const isMark = typeof value === "object" && value !== null && Object.keys(value).join() === "apart";
    return isMark && HASH.test(value.apart) ? [[field, value.apart]] : [];
  });
}
