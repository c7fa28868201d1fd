import { Signature } from "@hubspot/api-client";
import { describe, expect, test } from "vitest";
import { dealsIn, isSignedByHubspot } from "./events";

const SECRET = "the-app's-own-secret";
const NOW = 1_780_000_000_000;
const request = { method: "POST", address: "https://c.test/api/v1/heard/CN-1", body: '[{"a":"Zoë"}]' };

/** As HubSpot's own client signs it. */
const signed = (at = NOW, secret = SECRET) => ({
  ...request,
  timestamp: String(at),
  signature: Signature.getSignature("POST", "v3", {
    ...{ clientSecret: secret, requestBody: request.body, url: request.address, timestamp: at },
  } as never),
});

describe("a request is HubSpot's", () => {
  test.each([
    ["signed now", signed(), true],
    ["five minutes ago", signed(NOW - 300_000), true],
    ["five minutes ahead", signed(NOW + 300_000), true],
    ["a moment more than five minutes ago", signed(NOW - 300_001), false],
    ["a moment more than five minutes ahead", signed(NOW + 300_001), false],
    ["signed with another secret", signed(NOW, "another"), false],
    ["another body", { ...signed(), body: "[]" }, false],
    ["another address", { ...signed(), address: "https://c.test/api/v1/heard/CN-2" }, false],
    ["another method", { ...signed(), method: "PUT" }, false],
    ["another moment than the one signed", { ...signed(), timestamp: String(NOW - 1) }, false],
    ["no signature", { ...signed(), signature: null }, false],
    ["no moment", { ...signed(), timestamp: null }, false],
    ["a moment that is none", { ...signed(), timestamp: "1e12" }, false],
    ["a shorter signature", { ...signed(), signature: "AAAA" }, false],
  ])("%s: %s", (_, given, isTheirs) => {
    expect(isSignedByHubspot(given, SECRET, NOW)).toBe(isTheirs);
  });

  test("escaped signs of the address are signed as they are read", () => {
    const address = "https://c.test/api/v1/heard/CN-1?at=a%3Ab";
    const { signature, timestamp } = { ...signed(), ...signedAt("https://c.test/api/v1/heard/CN-1?at=a:b") };
    expect(isSignedByHubspot({ ...request, address, signature, timestamp }, SECRET, NOW)).toBe(true);
  });
});

const signedAt = (url: string) => ({
  signature: Signature.getSignature("POST", "v3", {
    ...{ clientSecret: SECRET, requestBody: request.body, url, timestamp: NOW },
  } as never),
});

describe("which deals events are about", () => {
  test.each<[string, object, [string, boolean] | null]>([
    ["a property", { subscriptionType: "deal.propertyChange", objectId: 7 }, ["7", false]],
    ["a new deal", { subscriptionType: "deal.creation", objectId: 7 }, ["7", false]],
    ["a deleted deal", { subscriptionType: "deal.deletion", objectId: 7 }, ["7", true]],
    ["a deal that is back", { subscriptionType: "deal.restore", objectId: 7 }, ["7", false]],
    ["a merge", { subscriptionType: "deal.merge", primaryObjectId: 7, mergedObjectIds: [8] }, ["7", false]],
    [
      "a label given",
      {
        subscriptionType: "deal.associationChange",
        associationType: "DEAL_TO_COMPANY",
        fromObjectId: 7,
        toObjectId: 9,
      },
      ["7", false],
    ],
    [
      "a label given from the company",
      {
        subscriptionType: "company.associationChange",
        associationType: "COMPANY_TO_DEAL",
        fromObjectId: 9,
        toObjectId: 7,
      },
      ["7", false],
    ],
    [
      "an object that is a deal",
      { subscriptionType: "object.deletion", objectTypeId: "0-3", objectId: 7 },
      ["7", true],
    ],
    [
      "an object that is none",
      { subscriptionType: "object.deletion", objectTypeId: "0-1", objectId: 7 },
      null,
    ],
    ["a contact", { subscriptionType: "contact.creation", objectId: 7 }, null],
    ["no id", { subscriptionType: "deal.creation", objectId: "7; drop" }, null],
  ])("%s", (_, event, about) => {
    expect(dealsIn([event]).map(({ key, isGone }) => [key, isGone])).toEqual(about ? [about] : []);
  });

  test("of several about one deal the last word holds; what is no list tells of nothing", () => {
    const events = [
      { subscriptionType: "deal.creation", objectId: 7 },
      { subscriptionType: "deal.deletion", objectId: 7 },
    ];
    expect(dealsIn(events)).toEqual([{ key: "7", isGone: true }]);
    expect(dealsIn(events.toReversed())).toEqual([{ key: "7", isGone: false }]);
    for (const body of [null, {}, "x", [null, 3]]) expect(dealsIn(body)).toEqual([]);
  });
});
