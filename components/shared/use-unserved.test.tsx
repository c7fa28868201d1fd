// @vitest-environment happy-dom
import { act } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import "@/components/ui/dom.fixture";
import { useUnserved } from "./use-unserved";

/** What shows more once its answer is there: the server has none, and the browser's store may have it already. */
function List({ held, use }: { held: string[] | undefined; use: (held?: string[]) => string[] | undefined }) {
  return (
    <ul>
      {use(held)?.map((name) => (
        <li key={name}>{name}</li>
      ))}
    </ul>
  );
}

async function broughtToLife(use: (held?: string[]) => string[] | undefined) {
  const drawn = document.createElement("div");
  drawn.innerHTML = renderToString(<List held={undefined} use={use} />);
  const faults: unknown[] = [];
  const onRecoverableError = (fault: unknown) => faults.push(fault);
  const root = await act(() =>
    hydrateRoot(drawn, <List held={["Depots"]} use={use} />, { onRecoverableError }),
  );
  const { textContent } = drawn;
  await act(() => root.unmount());
  return { faults: faults.length, textContent };
}

test("an answer that was there before the server's page came to life is shown after, and nothing is drawn anew", async () => {
  expect(await broughtToLife(useUnserved)).toEqual({ faults: 0, textContent: "Depots" });
  expect(await broughtToLife((held) => held), "what it is against").toMatchObject({ faults: 1 });
});
