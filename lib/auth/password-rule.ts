/** Shortest and longest password that is taken. */
export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 200;

/** Fewest different characters. */
const DIFFERENT = 5;
/** What must be left of a password when its owner's name and address are taken out. */
const OWN = 8;

/** Whose password it would be. */
export interface PasswordOwner {
  name: string;
  email: string;
}

/** Why a password is not taken, or null. Pure, and asked by the page while it is typed; it repeats nothing of it. */
export function passwordFault(password: string, owner: PasswordOwner): string | null {
  const text = password.normalize("NFKC");
  const length = [...text].length;
  if (length < PASSWORD_MIN) return `must have at least ${PASSWORD_MIN} characters`;
  if (password.length > PASSWORD_MAX) return `must have at most ${PASSWORD_MAX} characters`;
  if (new Set(text).size < DIFFERENT) return `must have at least ${DIFFERENT} different characters`;
  if (isRepetition(text) || isRun(text)) return "must not be one run or one repetition";
  if (withoutOwn(text, owner).length < OWN) return "must be more than your own name or address";
  return null;
}

/** `passpasspass`, `hunter2hunter2`: the same thing over and over, its last time perhaps cut short. */
export function isRepetition(text: string): boolean {
  for (let unit = 1; unit <= text.length / 2; unit++) {
    if (text.slice(unit) === text.slice(0, -unit)) return true;
  }
  return false;
}

/** `abcdefghijkl`, `210987654321`: each character next to the one before; a nine and a zero are neighbours. */
function isRun(text: string): boolean {
  const steps = [...text].slice(1).map((character, at) => {
    const step = (character.codePointAt(0) ?? 0) - (text.codePointAt(at) ?? 0);
    return Math.abs(step) === 9 && /^\d$/.test(character) ? -Math.sign(step) : step;
  });
  return [1, -1].some((way) => steps.every((step) => step === way));
}

function withoutOwn(text: string, { name, email }: PasswordOwner): string {
  const words = `${name} ${email}`.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const own = words.filter((word) => word.length >= 3).sort((a, b) => b.length - a.length);
  let left = text.toLowerCase();
  for (const word of own) left = left.replaceAll(word, "");
  return left.replace(/[^\p{L}\p{N}]/gu, "");
}
