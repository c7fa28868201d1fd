import { describe, expect, test } from "vitest";
import { isSealedByFormer, newSecretKey, openSecret, parseSecretKeys, sealSecret } from "./sealed-secrets";

const keys = [newSecretKey()];
const PLACE = "connection:CN-1";

describe("a sealed secret", () => {
  test("opens at its place with its key, and is never the same text twice", () => {
    const sealed = sealSecret("tökén", PLACE, keys);
    expect(openSecret(sealed, PLACE, keys)).toBe("tökén");
    expect(sealed).not.toContain("tökén");
    expect(sealSecret("tökén", PLACE, keys)).not.toBe(sealed);
  });

  test("opens nowhere else, under no other key, and not once a byte was changed", () => {
    const sealed = sealSecret("token", PLACE, keys);
    expect(() => openSecret(sealed, "connection:CN-2", keys)).toThrow();
    expect(() => openSecret(sealed, PLACE, [newSecretKey()])).toThrow("SECRET_KEYS");
    const [version, name, nonce, body] = sealed.split(".") as [string, string, string, string];
    const changed = (body[0] === "A" ? "B" : "A") + body.slice(1);
    expect(() => openSecret([version, name, nonce, changed].join("."), PLACE, keys)).toThrow();
  });

  test("outlives a rotation, and says that a newer key seals", () => {
    const sealed = sealSecret("token", PLACE, keys);
    const rotated = [newSecretKey(), ...keys];
    expect(openSecret(sealed, PLACE, rotated)).toBe("token");
    expect([isSealedByFormer(sealed, keys), isSealedByFormer(sealed, rotated)]).toEqual([false, true]);
  });
});

test.each(["", "{}", "[]", '["short"]'])("%s is no list of keys", (text) => {
  expect(() => parseSecretKeys(text)).toThrow("SECRET_KEYS");
});
