import { expect, test } from "vitest";
import { passwordFault } from "./password-rule";

const OWNER = { name: "Maren Okafor", email: "maren.okafor@tarnwick.example" };

test.each([
  ["short", "elevenchars", /at least 12/],
  ["one character", "aaaaaaaaaaaa", /different characters/],
  ["four characters", "abcdabcdabcd", /different characters/],
  ["the same word again", "passwordpassword", /repetition/],
  ["a repetition cut short", "hunter2hunter2hun", /repetition/],
  ["the alphabet", "abcdefghijklm", /run/],
  ["digits upwards", "012345678901", /run/],
  ["digits downwards", "210987654321", /run/],
  ["one's own name", "Maren Okafor 1", /your own name/],
  ["one's own address", "maren.okafor@tarnwick", /your own name/],
  ["too long", "ab3".repeat(60) + "x".repeat(30), /at most 200/],
])("refuses %s, and does not repeat it", (_, password, rule) => {
  const fault = passwordFault(password, OWNER);
  expect(fault).toMatch(rule);
  expect(fault).not.toContain(password);
});

test.each([
  ["a sentence", "correct horse battery"],
  ["exactly twelve", "k7-Rm2_pq9Zt"],
  ["with one's name in it and enough beside", "maren likes long walks"],
  ["in another script", "пароль длинный очень"],
])("takes %s", (_, password) => {
  expect(passwordFault(password, OWNER)).toBeNull();
});
