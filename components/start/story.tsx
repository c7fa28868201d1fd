"use client";

import { useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect, useRef } from "react";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { buttonLook } from "@/components/ui/button-look";
import { Icon } from "@/components/ui/icon";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { Outputs } from "@/lib/api/client";
import { count } from "@/lib/text/words";

type Demo = Outputs["firstSteps"]["demo"];

/** About how many deals the story has, so that its telling shows how far it is. */
const WHOLE = 300;

/** The choice between looking first and beginning at once; the telling, while it lasts. */
export function Story({ demo: { state, deals, mayBegin } }: { demo: Demo }) {
  useToldAnew(state);
  const begin = useWrite("beginDemo", { said: () => null });
  if (state === "telling")
    return (
      <Box>
        <ProgressBar
          label="The demo is being told"
          value={deals}
          max={WHOLE}
          text={`${count(deals, "deal")} so far`}
        />
        <p className="text-ink-2 text-sm">
          Every deed of it goes through the same door as yours would. You can leave this page.
        </p>
      </Box>
    );
  if (state === "told")
    return (
      <Box>
        <p>
          <span className="font-medium">The demo is here.</span>{" "}
          <span className="text-ink-2">
            {count(deals, "deal")} of a made-up company, a signed memo and two frozen quarters. Remove it with
            one click when you begin.
          </span>
        </p>
        <Link href="/dashboard" className={buttonLook("primary")}>
          See its dashboard
        </Link>
      </Box>
    );
  if (mayBegin !== true) return null;
  return (
    <Box>
      <p>
        <span className="font-medium">Look first?</span>{" "}
        <span className="text-ink-2">
          A made-up company can be told here: 300 deals, a signed memo, two frozen quarters. It takes about a
          minute, is marked everywhere, and goes again in one click.
        </span>
      </p>
      <Button isPending={begin.isPending} onPress={() => begin.mutate({})}>
        Tell the demo
      </Button>
    </Box>
  );
}

function Box({ children }: { children: React.ReactNode }) {
  return (
    <div className="flex gap-3 rounded-lg border border-line bg-surface px-4 py-3.5">
      <Icon name="info" className="mt-0.5 text-ink-3" />
      <div className="flex min-w-0 flex-1 flex-col items-start gap-2.5 [&>div]:self-stretch">{children}</div>
    </div>
  );
}

/** Once the story is told, whatever was read before it is old. */
function useToldAnew(state: Demo["state"]): void {
  const queries = useQueryClient();
  const before = useRef(state);
  useEffect(() => {
    if (before.current === "telling" && state === "told") void queries.invalidateQueries();
    before.current = state;
  }, [queries, state]);
}
