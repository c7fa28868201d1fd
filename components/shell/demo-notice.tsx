"use client";

import { useState } from "react";
import { DemoMarker } from "@/components/shared/demo-marker";
import { mayEver, useMe } from "@/components/shared/use-me";
import { Button } from "@/components/ui/button";
import { onDemand } from "@/components/ui/on-demand";

const RemoveDemo = onDemand(() => import("./remove-demo").then((m) => m.RemoveDemo));

/** Says that the story is a demo while it is, and lets an admin remove it. */
export function DemoNotice() {
  const me = useMe();
  const [asking, setAsking] = useState(false);
  if (!me?.demo) return null;
  return (
    <div className="flex items-center justify-between gap-2">
      <DemoMarker>Demo data</DemoMarker>
      {mayEver(me, "settings.edit") && (
        <Button size="small" look="quiet" onPress={() => setAsking(true)}>
          Remove demo
        </Button>
      )}
      {asking && <RemoveDemo onClose={() => setAsking(false)} />}
    </div>
  );
}
