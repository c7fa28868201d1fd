import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const project = fileURLToPath(new URL("..", import.meta.url));

/** Components that hand a `title` on to the browser's element. */
const PASS_ON = new Set(["Link", "Button", "GuardedButton", "IconButton", "Chip", "Td", "Th"]);

/** The elements of a source that would show the browser's own tip: late, and neither by touch nor by key. */
function titled(source: string): string[] {
  return [...source.matchAll(/\stitle=/g)].flatMap(({ index }) => {
    const tag = [...source.slice(0, index).matchAll(/<([A-Za-z][\w.]*)/g)].at(-1)?.[1] ?? "";
    return /^[a-z]/.test(tag) || PASS_ON.has(tag) ? [tag] : [];
  });
}

const files = ["app", "components"]
  .flatMap((room) =>
    readdirSync(`${project}${room}`, { recursive: true, encoding: "utf8" }).map((name) => `${room}/${name}`),
  )
  .filter((name) => /[.]tsx$/.test(name) && !/[.](test|fixture)[.]tsx$/.test(name));

test("explanations are the house's tooltips", () => {
  const found = files.flatMap((file) =>
    titled(readFileSync(project + file, "utf8")).map((tag) => `${file}: <${tag} title>`),
  );
  expect(found).toEqual([]);
});

test.each([
  ['<span title="why">—</span>', ["span"]],
  ["<Link href={to} title={words}>Open</Link>", ["Link"]],
  ['<Panel title="Deals" />', []],
])("%s", (source, tags) => expect(titled(`const one = ${source};`)).toEqual(tags));
