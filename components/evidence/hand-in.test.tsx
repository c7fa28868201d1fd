// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { refusal, showOnPage } from "@/components/shared/page.fixture";
import { HandIn } from "./hand-in";

const RULE = "is larger than 2 MB";

function show() {
  const { asked } = showOnPage(
    <HandIn />,
    {},
    {
      "drop-evidence": (body) => {
        const { name } = body as { name: string };
        if (name === "huge.eml")
          return refusal(400, { code: "invalid", field: "content", value: null, rule: RULE });
        const answer = {
          "call.vtt": { proposals: 2, already: false },
          "old.eml": { proposals: 0, already: true },
          "read.eml": { proposals: 0, already: false, waits: true },
        };
        return { request: "r", answer: answer[name as "call.vtt"] ?? { proposals: 0, already: false } };
      },
    },
  );
  const place = screen.getByText(/^Drop mails/).closest("div") as HTMLElement;
  const sent = () =>
    asked
      .filter(({ path }) => path.endsWith("drop-evidence"))
      .map(({ body }) => body as { name: string; content: string });
  return { place, sent };
}
const dragged = (...files: File[]) => ({
  dataTransfer: { types: files.length > 0 ? ["Files"] : ["text/plain"], files },
});

test("files that are dropped go one after the other as they are, and of each it is said what became of it", async () => {
  const { place, sent } = show();
  const names = ["call.vtt", "old.eml", "huge.eml", "none.txt", "read.eml"];
  const files = names.map((name) => new File([`bytes of ${name}`], name));
  fireEvent.dragOver(place, dragged(...files));
  expect(place.className).toContain("border-accent");
  fireEvent.drop(place, dragged(...files));
  expect(place.className).not.toContain("border-accent");
  const told = within(await screen.findByRole("list", { name: "What was handed in" }));
  await waitFor(() => expect(told.getAllByRole("listitem")).toHaveLength(5));
  expect(told.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
    "call.vtt: 2 suggestions, below.",
    "old.eml: was handed in before; nothing of it is suggested anew.",
    expect.stringMatching(/^huge\.eml: .*larger than 2 MB/),
    "none.txt: tells of nothing that a known partner did for a known customer; it is not kept.",
    "read.eml: a model reads it now; what it finds comes below, and if it finds nothing the file is not kept.",
  ]);
  expect(sent().map(({ name, content }) => [name, atob(content)])).toEqual(
    names.map((name) => [name, `bytes of ${name}`]),
  );
});

test("what is dragged over it and is no file changes nothing", () => {
  const { place, sent } = show();
  fireEvent.dragOver(place, dragged());
  fireEvent.drop(place, dragged());
  expect(place.className).not.toContain("border-accent");
  expect(sent()).toEqual([]);
});
