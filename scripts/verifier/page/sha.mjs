/** SHA-256 and SHA-512 (FIPS 180-4), in words of 32 bits and of 64. Their constants are made as the standard says. */
const MASK = (1n << 64n) - 1n;

function primes(count) {
  const found = [];
  for (let one = 2; found.length < count; one++)
    if (found.every((prime) => one % prime !== 0)) found.push(one);
  return found;
}

/** The largest whole number whose nth power is at most a value. */
function rootOf(value, nth) {
  let [low, high] = [0n, 1n << 80n];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** nth <= value) low = middle;
    else high = middle;
  }
  return low;
}

/** The first 64 bits of the fractions of the roots of the first primes. */
const fractions = (count, nth) =>
  primes(count).map((prime) => rootOf(BigInt(prime) << (64n * nth), nth) & MASK);
const SQUARE = fractions(8, 2n);
const CUBE = fractions(80, 3n);
const high32 = (word) => Number(word >> 32n) | 0;

const K = Int32Array.from(CUBE.slice(0, 64), high32);
const turned = (word, by) => (word >>> by) | (word << (32 - by));

export class Sha256 {
  #state = Int32Array.from(SQUARE, high32);
  #words = new Int32Array(64);
  #rest = new Uint8Array(64);
  #filled = 0;
  #length = 0;

  update(bytes) {
    this.#length += bytes.length;
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + 64 - this.#filled);
      this.#rest.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled === 64) this.#block();
    }
    return this;
  }

  digest() {
    const bits = BigInt(this.#length) * 8n;
    this.update(Uint8Array.of(0x80));
    if (this.#filled > 56) this.update(new Uint8Array(64 - this.#filled));
    this.update(new Uint8Array(56 - this.#filled));
    const end = new Uint8Array(8);
    new DataView(end.buffer).setBigUint64(0, bits);
    this.update(end);
    const out = new Uint8Array(32);
    const view = new DataView(out.buffer);
    this.#state.forEach((word, at) => void view.setInt32(4 * at, word));
    return out;
  }

  #block() {
    const [w, view] = [this.#words, new DataView(this.#rest.buffer)];
    for (let at = 0; at < 16; at++) w[at] = view.getInt32(4 * at);
    for (let at = 16; at < 64; at++) {
      const [x, y] = [w[at - 15], w[at - 2]];
      const s0 = turned(x, 7) ^ turned(x, 18) ^ (x >>> 3);
      const s1 = turned(y, 17) ^ turned(y, 19) ^ (y >>> 10);
      w[at] = w[at - 16] + s0 + w[at - 7] + s1;
    }
    let [a, b, c, d, e, f, g, h] = this.#state;
    for (let at = 0; at < 64; at++) {
      const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
      const one = (h + s1 + ((e & f) ^ (~e & g)) + K[at] + w[at]) | 0;
      const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
      const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, at) => {
      this.#state[at] += word;
    });
    this.#filled = 0;
  }
}

const turned64 = (word, by) => ((word >> by) | (word << (64n - by))) & MASK;

/** Of short texts: each word is a whole number of any size. */
export function sha512(bytes) {
  const size = Math.ceil((bytes.length + 17) / 128) * 128;
  const padded = new Uint8Array(size);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(size - 8, BigInt(bytes.length) * 8n);
  const state = [...SQUARE];
  for (let block = 0; block < size; block += 128) {
    const w = Array.from({ length: 16 }, (_, at) => view.getBigUint64(block + 8 * at));
    for (let at = 16; at < 80; at++) {
      const [x, y] = [w[at - 15], w[at - 2]];
      const s0 = turned64(x, 1n) ^ turned64(x, 8n) ^ (x >> 7n);
      const s1 = turned64(y, 19n) ^ turned64(y, 61n) ^ (y >> 6n);
      w.push((w[at - 16] + s0 + w[at - 7] + s1) & MASK);
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let at = 0; at < 80; at++) {
      const s1 = turned64(e, 14n) ^ turned64(e, 18n) ^ turned64(e, 41n);
      const one = h + s1 + ((e & f) ^ (~e & MASK & g)) + CUBE[at] + w[at];
      const s0 = turned64(a, 28n) ^ turned64(a, 34n) ^ turned64(a, 39n);
      const two = s0 + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) & MASK, c, b, a, (one + two) & MASK];
    }
    [a, b, c, d, e, f, g, h].forEach((word, at) => {
      state[at] = (state[at] + word) & MASK;
    });
  }
  const out = new Uint8Array(64);
  const told = new DataView(out.buffer);
  state.forEach((word, at) => void told.setBigUint64(8 * at, word));
  return out;
}
