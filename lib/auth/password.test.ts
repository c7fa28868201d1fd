import { expect, test } from "vitest";
import { hashPassword, verifyPassword } from "./password";

test("a password opens its own hash and no other", async () => {
  const hash = await hashPassword("correct horse battery");
  expect(hash).toMatch(/^scrypt\$32768\$8\$1\$/);
  expect(hash).not.toContain("correct");
  expect(await verifyPassword("correct horse battery", hash)).toBe(true);
  expect(await verifyPassword("correct horse batterz", hash)).toBe(false);
  expect(await hashPassword("correct horse battery")).not.toBe(hash);
});

test("one password is one password however its accents are typed", async () => {
  expect(
    await verifyPassword("Pässwörter-lang", await hashPassword("Pässwörter-lang".normalize("NFD"))),
  ).toBe(true);
});

test("nobody, and hashes in another shape, open to nothing", async () => {
  expect(await verifyPassword("", null)).toBe(false);
  expect(await verifyPassword("anything", "")).toBe(false);
  expect(await verifyPassword("anything", "plain$anything")).toBe(false);
  expect(await verifyPassword("anything", "scrypt$32768$8$1$$")).toBe(false);
});
