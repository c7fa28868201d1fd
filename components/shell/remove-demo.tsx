"use client";

import { useWrite } from "@/components/shared/use-write";
import { ConfirmDialog } from "@/components/ui/dialog";
import { setPasswordPath } from "@/lib/text/addresses";

export function RemoveDemo({ onClose }: { onClose(): void }) {
  const remove = useWrite("removeDemo", {
    said: () => ({ message: "The demo is gone", detail: "What you entered yourself is still here." }),
    onDone: ({ answer: { token } }) => {
      onClose();
      // Who goes on as the only real admin had a password that everybody can read.
      if (token) window.location.assign(setPasswordPath(token));
    },
  });
  return (
    <ConfirmDialog
      title="Remove the demo?"
      confirm="Remove demo"
      danger
      isOpen
      isPending={remove.isPending}
      onConfirm={() => remove.mutate({})}
      onClose={onClose}
    >
      Every demo deal, partner, activity and cost goes, and the demo people can no longer sign in. What you
      entered or imported stays. If you are the demo’s admin and nobody real is one yet, you stay, and set a
      password of your own next. This cannot be taken back.
    </ConfirmDialog>
  );
}
