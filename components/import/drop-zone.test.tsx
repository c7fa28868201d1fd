// @vitest-environment happy-dom
import { createEvent, fireEvent, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import "@/components/ui/dom.fixture";
import { DropZone } from "./drop-zone";

const file = (name: string) => new File(["a"], name);
const fileEntry = (name: string) => ({
  isFile: true,
  file: (done: (file: File) => void) => done(file(name)),
});
/** A folder as a browser tells it: in parts, the last of them empty. */
const folder = (parts: readonly (readonly object[])[]) => ({
  isFile: false,
  createReader() {
    const rest = [...parts];
    return { readEntries: (done: (entries: readonly object[]) => void) => done(rest.shift() ?? []) };
  },
});
const item = (entry: object | null, plain: File | null = null) => ({
  webkitGetAsEntry: () => entry,
  getAsFile: () => plain,
});

function drop(items: readonly object[], types = ["Files"]) {
  const event = createEvent.drop(screen.getByText("Drop CSV files here").parentElement!);
  Object.defineProperty(event, "dataTransfer", { value: { items, types } });
  fireEvent(screen.getByText("Drop CSV files here").parentElement!, event);
  return event;
}

test("takes files, and those of folders in folders however many there are, in their order", async () => {
  const onFiles = vi.fn();
  render(<DropZone small={false} onFiles={onFiles} />);
  const deep = folder([[fileEntry("c.csv")], [fileEntry("d.csv")]]);
  const event = drop([
    item(fileEntry("a.csv")),
    item(folder([[fileEntry("b.csv"), deep]])),
    item(null, file("e.csv")),
  ]);
  expect(event.defaultPrevented).toBe(true);
  await vi.waitFor(() => expect(onFiles).toHaveBeenCalledOnce());
  expect(onFiles.mock.calls[0]![0].map(({ name }: File) => name)).toEqual([
    ...["a.csv", "b.csv", "c.csv", "d.csv", "e.csv"],
  ]);
});

test("leaves alone what is no file", () => {
  const onFiles = vi.fn();
  render(<DropZone small={false} onFiles={onFiles} />);
  expect(drop([], ["text/plain"]).defaultPrevented).toBe(false);
  expect(onFiles).not.toHaveBeenCalled();
});
