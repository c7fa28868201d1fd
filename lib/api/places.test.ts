import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { API_VERBS } from "@/lib/commands/verbs";
import { QUERIES } from "@/lib/queries/queries";
import { openApi } from "./openapi";
import { placeOf } from "./places";

const NAMES = [...[...QUERIES, ...API_VERBS].map(({ name }) => name), "backtest", "rehearse"];

interface Operation {
  operationId: string;
  parameters?: { name: string; in: string; required?: boolean }[];
}

async function operations() {
  const { paths } = await openApi();
  return Object.entries(paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item ?? {}).map(([method, operation]) => ({
      ...{ method, path },
      ...(operation as Operation),
    })),
  );
}

test("each call is published once under its name as operationId, where a stranger looks for it", async () => {
  const found = await operations();
  expect(found.map(({ operationId }) => operationId).toSorted()).toEqual(NAMES.toSorted());
  const at = (id: string) =>
    found.filter(({ operationId }) => operationId === id).map((o) => `${o.method} ${o.path}`);
  expect(at("deals-list")).toEqual(["get /deals"]);
  expect(at("why")).toEqual(["get /deals/{dealId}/why"]);
  expect(at("tag-partner")).toEqual(["post /deals/{dealId}/roles"]);
  expect(at("numbers")).toEqual(["get /quarters/{quarter}/numbers"]);
});

test("no two calls share a place, and no place is another call's name", () => {
  const places = NAMES.flatMap((name) => {
    const place = placeOf(name);
    return place ? [`${place.method} ${place.path}`] : [];
  });
  expect(new Set(places).size).toBe(places.length);
  const named = new Set(NAMES.filter((name) => !placeOf(name)).map((name) => `/${name}`));
  for (const place of places) {
    const [method, path] = place.split(" ") as [string, string];
    // One that has its name as its place keeps it: another method there is another call.
    if (named.has(path)) expect(method, path).not.toBe("GET");
  }
});

test("@redocly/cli lint reports nothing", { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "openapi-"));
  try {
    const file = join(folder, "openapi.json");
    await writeFile(file, JSON.stringify(await openApi()));
    const cli = join(process.cwd(), "node_modules/@redocly/cli/bin/cli.js");
    const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
    const { stdout } = await promisify(execFile)(process.execPath, [cli, "lint", file, "--format=json"], {
      ...{ env, cwd: folder, maxBuffer: 64 << 20 },
    }).catch((error: { stdout: string }) => error);
    const { totals, problems } = JSON.parse(stdout) as {
      totals: { errors: number; warnings: number };
      problems: unknown[];
    };
    expect(problems).toEqual([]);
    expect(totals).toMatchObject({ errors: 0, warnings: 0 });
  } finally {
    await rm(folder, { recursive: true });
  }
});
