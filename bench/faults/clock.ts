/**
 * This process's clock of the wall, which can be put forward and back as an operator or a time server does. What counts
 * time that has passed, timers and `performance`, goes on as it was.
 */
const Wall = Date;
let ahead = 0;

class Jumping extends Wall {
  constructor(...given: ConstructorParameters<DateConstructor> | []) {
    if (given.length === 0) super(Wall.now() + ahead);
    else super(...(given as [string]));
  }

  static override now(): number {
    return Wall.now() + ahead;
  }
}

/** Has `Date` say so many milliseconds more, or less, than it was. */
export function jump(ms: number): void {
  ahead += ms;
  globalThis.Date = Jumping as DateConstructor;
}
