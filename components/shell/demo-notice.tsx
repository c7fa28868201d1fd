"use client";

import { useState } from "react";
import { DemoMarker } from "@/components/shared/demo-marker";
import { mayEver, useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/dialog";
import { setPasswordPath } from "@/lib/text/addresses";

/** Says that the story is a demo while it is, and lets an admin remove it. */
export function DemoNotice() {
  const me = useMe();
  const [asking, setAsking] = useState(false);
  const remove = useWrite("removeDemo", {
    said: () => ({ message: "The demo is gone", detail: "What you entered yourself is still here." }),
    onDone: ({ answer: { token } }) => {
      setAsking(false);
      // Who goes on as the only real admin had a password that everybody can read.
      if (token) window.location.assign(setPasswordPath(token));
    },
  });
  if (!me?.demo) return null;
  return (
    <div className="flex items-center justify-between gap-2">
      <DemoMarker>Demo data</DemoMarker>
      {mayEver(me, "settings.edit") && (
        <Button size="small" look="quiet" onPress={() => setAsking(true)}>
          Remove demo
        </Button>
      )}
      <ConfirmDialog
        title="Remove the demo?"
        confirm="Remove demo"
        danger
        isOpen={asking}
        isPending={remove.isPending}
        onConfirm={() => remove.mutate({})}
        onClose={() => setAsking(false)}
      >
        Every demo deal, partner, activity and cost goes, and the demo people can no longer sign in. What you
        entered or imported stays. If you are the demo’s admin and nobody real is one yet, you stay, and set a
        password of your own next. This cannot be taken back.
      </ConfirmDialog>
    </div>
  );
}
