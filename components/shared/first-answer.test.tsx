// @vitest-environment happy-dom
import { renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { useFirstAnswer } from "./first-answer";

type Props = { asked: unknown; first: string | null };
const hook = (props: Props) =>
  renderHook(({ asked, first }: Props) => useFirstAnswer(asked, first), { initialProps: props });

test("the server's answer counts while its question is the one asked, and again when one comes back to it", () => {
  const { result, rerender } = hook({ asked: { quarter: "2026-Q3" }, first: "of Q3" });
  expect(result.current).toEqual({ initialData: "of Q3" });
  rerender({ asked: { quarter: "2026-Q2" }, first: "of Q3" });
  expect(result.current).toEqual({});
  rerender({ asked: { quarter: "2026-Q3" }, first: "of Q3" });
  expect(result.current).toEqual({ initialData: "of Q3" });
});

test("an answer that the server gives later belongs to the question it came with, never to the first one", () => {
  const { result, rerender } = hook({ asked: "a", first: "of a" });
  rerender({ asked: "b", first: "of b" });
  expect(result.current).toEqual({ initialData: "of b" });
  rerender({ asked: "a", first: "of b" });
  expect(result.current).toEqual({});
});

test("without an answer of the server there is none", () => {
  expect(hook({ asked: {}, first: null }).result.current).toEqual({});
});
