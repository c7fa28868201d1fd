/** The first thing that does not hold, in a sentence. */
export class Fault extends Error {
  status = 1;
}

export const fault = (words) => {
  throw new Fault(words);
};

export const some = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
