// Long: each statement that the database refuses stands with the one it allows, over one scene of policies.
import { createHash } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { canonicalJson } from "@/lib/attribution/canonical";
import { PRESETS } from "@/lib/attribution/policy";
import { addDays } from "@/lib/calendar";
import { testDatabase } from "./test-database";

/** What the database itself refuses of policies, to raw statements in a context, its owner included. */
let owner: postgres.Sql;
let url: string;
let today: string;

const PEOPLE = { cro: "carl", finance: "fay", head_of_partnerships: "hope" } as const;
type Seat = keyof typeof PEOPLE;
const SEATS = Object.keys(PEOPLE) as Seat[];

const hashOf = (canonical: string) => createHash("sha256").update(canonical).digest("hex");

/** Runs statements as one transaction of somebody's, like a guarded one. */
const as = (person: string, statements: string, sql: postgres.Sql = owner) =>
  sql
    .unsafe(`begin; select set_config('countersign.actor', 'user:${person}', true),
      set_config('countersign.request', 'R-1', true); ${statements}; commit`)
    .catch(async (error) => {
      await sql.unsafe("rollback");
      throw error;
    });

let made = 0;
/** A draft of a text of its own, and its id. */
async function draft(text: object = PRESETS.two_bucket): Promise<string> {
  const id = `M-${++made}`;
  const document = JSON.stringify({ ...text, coSellMinimum: 1 + made });
  await as(
    "hope",
    `insert into policies (id, title, document) values ('${id}', 'Memo ${made}', '${document}')`,
  );
  return id;
}

async function propose(id: string, activeFrom = today): Promise<string> {
  const [row] = await owner`select document from policies where id = ${id}`;
  const canonical = canonicalJson(row?.document);
  const hash = hashOf(canonical);
  await as(
    "hope",
    `update policies set canonical = '${canonical}', hash = '${hash}', active_from = '${activeFrom}',
      proposed_at = now() where id = '${id}'`,
  );
  return hash;
}

const signing = (id: string, seat: string, person: string, hash: string) =>
  `insert into signatures (policy_id, seat, user_id, name, hash)
    values ('${id}', '${seat}', '${person}', 'whoever', '${hash}')`;
const sign = (id: string, hash: string, seats: readonly Seat[] = SEATS) =>
  Promise.all(seats.map((seat) => as(PEOPLE[seat], signing(id, seat, PEOPLE[seat], hash))));
const begin = (id: string, from: string) =>
  `update policies set period = daterange('${from}', null) where id = '${id}'`;
const end = (id: string, day: string) =>
  `update policies set period = daterange(lower(period), '${day}') where id = '${id}'`;

/** A policy that three people signed, in force from a day. */
async function inForce(from = today, former?: string): Promise<string> {
  const id = await draft();
  await sign(id, await propose(id, from));
  await as("hope", `${former ? `${end(former, from)};` : ""} ${begin(id, from)}`);
  return id;
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => "accepted",
    (error: { code: string; message: string }) => `${error.code} ${error.message}`,
  );

beforeAll(async () => {
  url = (await testDatabase()).url;
  owner = postgres(url, { max: 1, onnotice: () => {} });
  const [row] = await owner`select current_date::text as today`;
  today = row?.today;
  const people = [...SEATS.map((seat) => [PEOPLE[seat], seat]), ["clara", "cro"], ["ana", "ae"]].map(
    ([id, role]) => `('${id}', '${id}@company.example', '${id}', '${role}', 'x', true)`,
  );
  await as(
    "root",
    `insert into users (id, email, name, role, password_hash, password_own) values ${people.join(", ")}`,
  );
});
afterAll(() => owner.end());
/** Each case begins with no policy: those of the case before are made part of a demo, which may go. */
beforeEach(async () => {
  await owner.unsafe("set session_replication_role = replica");
  await owner.unsafe(
    "update policies set demo = true; delete from signatures; delete from policy_declines; delete from policies",
  );
  await owner.unsafe("set session_replication_role = origin");
});

describe("a signature is refused", () => {
  it("on a draft, whose text may still change", async () => {
    const id = await draft();
    expect(await refusal(sign(id, hashOf("anything"), ["cro"]))).toBe(
      "CS202 a draft is not signed: it is proposed first, which freezes its text",
    );
  });

  it("over another hash than the proposed one", async () => {
    const id = await draft();
    await propose(id);
    expect(await refusal(sign(id, hashOf("one character changed"), ["cro"]))).toContain("its hash differs");
  });

  it("in a seat that signed already, by somebody else who holds it", async () => {
    const id = await draft();
    const hash = await propose(id);
    await sign(id, hash, ["cro"]);
    expect(await refusal(as("clara", signing(id, "cro", "clara", hash)))).toBe(
      "CS202 this seat has signed already",
    );
  });

  it("in a second seat of one person", async () => {
    const id = await draft();
    const hash = await propose(id);
    await sign(id, hash, ["cro"]);
    expect(await refusal(as("carl", signing(id, "finance", "carl", hash)))).toBe(
      "CS202 carl has signed already: one person, one seat",
    );
  });

  it("in a seat that the person does not hold, or holds no more", async () => {
    const id = await draft();
    const hash = await propose(id);
    expect(await refusal(as("ana", signing(id, "cro", "ana", hash)))).toBe(
      "CS202 ana does not hold this seat",
    );
    expect(await refusal(as("fay", signing(id, "cro", "fay", hash)))).toBe(
      "CS202 fay does not hold this seat",
    );
    await as("root", "update users set disabled_at = now() where id = 'clara'");
    expect(await refusal(as("clara", signing(id, "cro", "clara", hash)))).toContain(
      "does not hold this seat",
    );
    await as("root", "update users set disabled_at = null where id = 'clara'");
  });

  it("made by somebody else in the signer's name", async () => {
    const id = await draft();
    const hash = await propose(id);
    expect(await refusal(as("hope", signing(id, "cro", "carl", hash)))).toBe(
      "CS202 nobody signs for somebody else: carl signs in person",
    );
  });

  it("by a password that an admin could have signed in with, and none", async () => {
    const id = await draft();
    const hash = await propose(id);
    await as("root", "update users set password_own = false where id = 'clara'");
    const signed = () => refusal(as("clara", signing(id, "cro", "clara", hash)));
    expect(await signed()).toBe("CS202 clara has no password that nobody else could know");
    await as("root", "update users set password_own = true where id = 'clara'");
    expect(await signed()).toBe("accepted");
  });

  it("by somebody of the demo, on what is real", async () => {
    await as(
      "root",
      "insert into users (id, email, name, role, password_hash, demo) values ('dina', 'dina@company.example', 'dina', 'cro', 'x', true)",
    );
    const id = await draft();
    const hash = await propose(id);
    expect(await refusal(as("dina", signing(id, "cro", "dina", hash)))).toBe(
      "CS202 people of the demo sign what is the demo's own",
    );
  });

  it("as a fourth, before and after the policy is in force", async () => {
    const id = await draft();
    const hash = await propose(id);
    await sign(id, hash);
    const fourth = () => refusal(as("clara", signing(id, "cro", "clara", hash)));
    expect(await fourth()).toBe("CS202 all three seats have signed: there is no fourth signature");
    await as("hope", begin(id, today));
    expect(await fourth()).toBe("CS202 all three seats have signed: there is no fourth signature");
  });

  it("on a proposal that was withdrawn or declined", async () => {
    const withdrawn = await draft();
    const hash = await propose(withdrawn);
    await as(
      "hope",
      `update policies set withdrawn_at = now(), withdrawn_reason = 'no' where id = '${withdrawn}'`,
    );
    expect(await refusal(sign(withdrawn, hash, ["cro"]))).toContain("this proposal has ended");
    const declined = await draft();
    const other = await propose(declined);
    const no = `insert into policy_declines (policy_id, seat, user_id, reason)
      values ('${declined}', 'finance', 'fay', 'too generous')`;
    await as("fay", no);
    expect(await refusal(sign(declined, other, ["cro"]))).toContain("this proposal has ended");
  });

  it("when it is changed or taken away, and carries the signer's own name and moment", async () => {
    const id = await draft();
    await sign(id, await propose(id), ["cro"]);
    const [signature] =
      await owner`select name, signed_at > now() - interval '1 minute' as now from signatures`;
    expect(signature).toEqual({ name: "carl", now: true });
    for (const change of ["update signatures set hash = hash", "delete from signatures"]) {
      expect(await refusal(as("carl", change))).toContain("CS102 signatures is append-only");
    }
    expect(await refusal(as("carl", "truncate signatures"))).toContain("CS102");
  });
});

describe("a text that was proposed is frozen", () => {
  it.each([
    ["its document", "document = jsonb_set(document, '{assisted}', 'true')"],
    ["its title", "title = 'Another'"],
    ["its hash", `hash = '${hashOf("another")}'`],
    ["its first day", "active_from = active_from + 1"],
    ["its proposal", "proposed_at = null, canonical = null, hash = null, active_from = null"],
  ])("%s", async (_what, change) => {
    const id = await draft();
    await propose(id);
    expect(await refusal(as("hope", `update policies set ${change} where id = '${id}'`))).toBe(
      "CS201 the text is frozen since it was proposed: withdraw it and propose a new draft",
    );
  });

  it("and stays on record: neither deleted, nor made part of a demo, nor withdrawn back", async () => {
    const id = await draft();
    await propose(id);
    const stays = "CS201 a policy that was proposed stays on record";
    expect(await refusal(as("hope", `delete from policies where id = '${id}'`))).toBe(stays);
    expect(await refusal(as("hope", `update policies set demo = true where id = '${id}'`))).toBe(stays);
    await as("hope", `update policies set withdrawn_at = now(), withdrawn_reason = 'x' where id = '${id}'`);
    const back = `update policies set withdrawn_at = null, withdrawn_reason = null where id = '${id}'`;
    expect(await refusal(as("hope", back))).toContain("CS201 this proposal was withdrawn");
  });

  it("under the hash of its own text only", async () => {
    const id = await draft();
    const [row] = await owner`select document from policies where id = ${id}`;
    const canonical = canonicalJson(row?.document);
    const propose = (text: string, hash: string) =>
      refusal(
        as(
          "hope",
          `update policies set canonical = '${text}', hash = '${hash}', active_from = '${today}', proposed_at = now() where id = '${id}'`,
        ),
      );
    expect(await propose(canonical, hashOf("other"))).toContain("policies_hash_is_of_the_text");
    const other = canonical.replace('"assisted":false', '"assisted":true');
    expect(await propose(other, hashOf(other))).toContain("policies_text_is_the_document");
    expect(await propose(canonical, hashOf(canonical))).toBe("accepted");
  });
});

describe("coming into force is refused", () => {
  it("with fewer than three signatures", async () => {
    const id = await draft();
    await sign(id, await propose(id), ["cro", "finance"]);
    expect(await refusal(as("hope", begin(id, today)))).toBe(
      "CS202 a policy comes into force with three signatures; this one has 2",
    );
  });

  it("from a day in the past, or before the day that was signed", async () => {
    const past = await draft();
    expect(await refusal(propose(past, addDays(today, -3)))).toBe(
      "CS204 a policy is active from a day that is not in the past",
    );
    const id = await draft();
    await sign(id, await propose(id, addDays(today, 9)));
    expect(await refusal(as("hope", begin(id, today)))).toContain("CS204");
    expect(await refusal(as("hope", begin(id, addDays(today, 9))))).toBe("accepted");
  });

  it("as an overlap in time", async () => {
    const first = await inForce();
    const id = await draft();
    const later = addDays(today, 366);
    await sign(id, await propose(id, later));
    expect(await refusal(as("hope", begin(id, later)))).toBe(
      "CS204 another policy is in force in that time: two never judge the same day",
    );
    // The constraint stands by itself, for whoever would go round the guard.
    await owner.unsafe("alter table policies disable trigger c_guard");
    expect(await refusal(as("hope", begin(id, later)))).toContain("policies_no_overlap");
    await owner.unsafe("alter table policies enable trigger c_guard");
    expect(await refusal(as("hope", `${end(first, later)}; ${begin(id, later)}`))).toBe("accepted");
  });

  it("as an amendment within twelve months of the first agreement or an amendment, proposed or signed", async () => {
    const amended = await inForce(addDays(today, 10));
    const id = await draft();
    const [clock] = await owner`select next_amendment_from()::text as day,
      (${addDays(today, 10)}::date + interval '12 months')::date::text as year_later`;
    expect(clock?.day).toBe(clock?.year_later);
    const told = `CS203 at most one amendment in twelve months: the next may be active from ${clock?.day}`;
    expect(await refusal(propose(id, addDays(clock?.day, -1)))).toBe(told);
    const hash = await propose(id, clock?.day);
    await sign(id, hash);
    const early = addDays(clock?.day, -1);
    expect(await refusal(as("hope", `${end(amended, early)}; ${begin(id, early)}`))).toContain("CS20");
    expect(await refusal(as("hope", `${end(amended, clock?.day)}; ${begin(id, clock?.day)}`))).toBe(
      "accepted",
    );
  });

  it("when it would leave days without a policy, or change when one was in force", async () => {
    const id = await inForce();
    expect(await refusal(as("hope", end(id, addDays(today, 5))))).toBe(
      "CS204 a policy is in force until the next one begins",
    );
    const stays = "CS204 the time in which a policy was in force stays as it was";
    expect(await refusal(as("hope", `update policies set period = null where id = '${id}'`))).toBe(stays);
    expect(await refusal(as("hope", begin(id, addDays(today, -9))))).toBe(stays);
  });

  it("of two signed at once: one waits for the other and is refused", async () => {
    const [one, other] = [await draft(), await draft()];
    await sign(one, await propose(one));
    await sign(other, await propose(other));
    const elsewhere = postgres(url, { max: 1, onnotice: () => {} });
    const slowly = `${begin(one, today)}; select pg_sleep(0.2)`;
    const results = await Promise.all([
      refusal(as("hope", slowly)),
      refusal(as("hope", begin(other, today), elsewhere)),
    ]);
    await elsewhere.end();
    const [refused, accepted] = results.sort();
    expect(accepted).toBe("accepted");
    expect(refused).toContain("CS203 at most one amendment in twelve months");
  });

  it("as an amendment that reaches back, or a first agreement that reaches back to a day after its first", async () => {
    const back = { ...PRESETS.two_bucket, reachesBackTo: addDays(today, -90) };
    const told = "CS204 only the first agreement reaches back, and to no day after its first";
    const ahead = await draft({ ...back, reachesBackTo: addDays(today, 5) });
    expect(await refusal(propose(ahead, addDays(today, 4)))).toBe(told);
    const first = await draft(back);
    await sign(first, await propose(first));
    await as("hope", begin(first, today));
    expect(await refusal(propose(await draft(back), addDays(today, 366)))).toBe(told);
  });
});

it("a write without a context is refused", async () => {
  expect(await refusal(owner.unsafe("delete from policies"))).toContain("CS101");
});
