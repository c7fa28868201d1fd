import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/**
 * An authenticator as WebAuthn has it, in software: one passkey (ES256), attested by nobody. What it says can be said
 * otherwise, as a copied or a foreign one would.
 */
export class Authenticator {
  readonly id = randomBytes(16);
  readonly #pair: { privateKey: KeyObject; publicKey: KeyObject } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
  });
  counter = 0;

  constructor(
    readonly origin: string,
    readonly rpId = new URL(origin).hostname,
  ) {}

  /** What a browser answers to `begin-passkey`. */
  register(options: Readonly<Record<string, unknown>>) {
    const { x, y } = this.#pair.publicKey.export({ format: "jwk" });
    const key = cbor(
      new Map<number, number | Buffer>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x!, "base64url")],
        [-3, Buffer.from(y!, "base64url")],
      ]),
    );
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, 16]), this.id, key]);
    const authData = Buffer.concat([this.#data(0x45), attested]);
    const object = cbor(
      new Map<string, Cbor>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", authData],
      ]),
    );
    return this.#answer({
      clientDataJSON: this.#client("webauthn.create", String(options.challenge)),
      attestationObject: text(object),
      transports: ["internal"],
    });
  }

  /** What a browser answers to `begin-signature`. */
  answer(options: Readonly<Record<string, unknown>>, how: { verified?: boolean } = {}) {
    this.counter += 1;
    const clientDataJSON = this.#client("webauthn.get", String(options.challenge));
    const authData = this.#data(how.verified === false ? 0x01 : 0x05);
    const hash = createHash("sha256").update(Buffer.from(clientDataJSON, "base64url")).digest();
    const signature = sign("sha256", Buffer.concat([authData, hash]), this.#pair.privateKey);
    return this.#answer({ clientDataJSON, authenticatorData: text(authData), signature: text(signature) });
  }

  #answer<R extends object>(response: R) {
    const id = text(this.id);
    return { id, rawId: id, type: "public-key" as const, clientExtensionResults: {}, response };
  }

  #client(type: string, challenge: string): string {
    return text(Buffer.from(JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false })));
  }

  /** Whom it is for, the flags (user present, verified, attested), and how often it was used. */
  #data(flags: number): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    return Buffer.concat([createHash("sha256").update(this.rpId).digest(), Buffer.from([flags]), counter]);
  }
}

const text = (data: Buffer) => data.toString("base64url");

type Cbor = number | string | Buffer | Map<string | number, Cbor>;

/** CBOR (RFC 8949), of what an authenticator says. */
function cbor(value: Cbor): Buffer {
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === "string")
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, one]) => [cbor(key), cbor(one)])]);
}

function head(kind: number, size: number): Buffer {
  if (size < 24) return Buffer.from([(kind << 5) | size]);
  if (size < 256) return Buffer.from([(kind << 5) | 24, size]);
  return Buffer.from([(kind << 5) | 25, size >> 8, size & 255]);
}
