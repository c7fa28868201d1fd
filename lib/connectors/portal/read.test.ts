import { describe, expect, test } from "vitest";
import { newSettings } from "@/lib/interchange/connection";
import type { Portal } from "@/lib/interchange/portal";
import { recordsIn, registrationsOf } from "./read";

const AT = "2026-05-20T02:30:00.000Z";
const by = (portal: Portal, more: object = {}) => ({
  settings: { ...newSettings("USD"), portal, ...more },
  ...{ zone: "America/New_York", today: "2026-05-25" },
});
const read = (portal: Portal, body: unknown, more: object = {}, at = AT) => {
  const reading = by(portal, more);
  return registrationsOf(recordsIn([{ seq: 1, id: "msg_1", body, at }], reading), reading);
};

const PARTNERSTACK = {
  event: "deal_updated",
  data: {
    ...{ key: "deal_9", partner_key: "acme", account_name: "Larkfield Foods", stage: "approved" },
    ...{ created_at: 1_779_000_000_000, amount: 120000, partner: { name: "Acme Consulting" } },
  },
};
const SERVICENOW = {
  result: [
    {
      ...{ number: "DREG0001", sys_id: "a1" },
      channel_partner: { value: "cp-1", display_value: "Acme Consulting" },
      account: { value: "ac-1", display_value: "Larkfield Foods" },
      ...{ state: "Under-review", sys_created_on: "2026-05-19 23:30:00" },
    },
    { number: "DREG0002", channel_partner: { value: "cp-1" }, state: "Draft" },
  ],
};

describe("a message of a portal", () => {
  test("of PartnerStack: instants in milliseconds become the company's days, and a stage a status", () => {
    expect(read("partnerstack", PARTNERSTACK)).toEqual({
      kind: "registrations",
      ...{ refused: [], wholeOf: [] },
      rows: [
        {
          line: 1,
          values: {
            ...{ id: "deal_9", partner_id: "acme", account: "Larkfield Foods", status: "approved" },
            // 17 May, 02:40 in New York; heard on the evening of the 19th there.
            ...{ submitted_on: "2026-05-17", recorded_on: "2026-05-19", decided_on: "2026-05-19" },
          },
          stays: ["recorded_on", "decided_on"],
        },
      ],
    });
  });

  test("of ServiceNow: references by their display values, UTC that does not say so, and no draft", () => {
    const { rows, refused } = read("servicenow", SERVICENOW);
    expect(refused).toEqual([]);
    expect(rows.map(({ values }) => values)).toEqual([
      {
        ...{ id: "DREG0001", partner_id: "cp-1", account: "Larkfield Foods", status: "pending" },
        ...{ submitted_on: "2026-05-19", recorded_on: "2026-05-19" },
      },
    ]);
  });

  test("of any other: our own columns, in `data` or bare, one or a list", () => {
    const own = {
      id: "R-9",
      partner_id: "P-1",
      deal_id: "D-1",
      submitted_on: "2026-05-02",
      status: "pending",
    };
    for (const body of [
      own,
      { data: own },
      { registrations: [own] },
      { type: "x", data: { registration: own } },
    ])
      expect(read("own", body).rows[0]?.values).toMatchObject({
        id: "R-9",
        deal_id: "D-1",
        partner_id: "P-1",
      });
  });

  test("the company's own words come before the map's, and its partners by their keys there", () => {
    const more = { statuses: { approved: "pending" }, partners: { acme: "P-1" } };
    expect(read("partnerstack", PARTNERSTACK, more).rows[0]?.values).toMatchObject({
      ...{ partner_id: "P-1", status: "pending" },
    });
  });

  test("what cannot be read is refused by its id, or by the message's where it has none", () => {
    const broken = [
      { ...PARTNERSTACK.data, stage: "Cooking" },
      { ...PARTNERSTACK.data, key: "deal_10", partner_key: "" },
      { partner_key: "acme", stage: "approved" },
      { ...PARTNERSTACK.data, key: "deal_11", created_at: "yesterday" },
    ];
    const { rows, refused } = read("partnerstack", { data: { items: broken } });
    expect(rows).toEqual([]);
    expect(refused.map(({ key, field }) => [key, field])).toEqual([
      ["deal_9", "status"],
      ["deal_10", "partner"],
      ["message msg_1", "id"],
      ["deal_11", "submitted"],
    ]);
  });

  test("of several about one registration the last word holds", () => {
    const reading = by("partnerstack");
    const said = (stage: string, seq: number) => ({
      ...{ seq, id: `msg_${seq}`, at: AT, body: { data: { ...PARTNERSTACK.data, stage } } },
    });
    const records = recordsIn([said("pending", 1), said("declined", 2)], reading);
    expect(registrationsOf(records, reading).rows.map(({ values }) => values.status)).toEqual(["rejected"]);
  });

  test.each([null, 7, "x", [], {}, { data: null }])("%j tells of nothing that lands", (body) => {
    expect(read("own", body).rows).toEqual([]);
  });
});
