"use client";

import { useState } from "react";
import { useWrite } from "@/components/shared/use-write";
import { IconButton } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import { say } from "@/components/ui/toasts";
import { RenameViewDialog } from "./name-view-dialog";
import { linkOf, type SavedView } from "./views";

/** What can be done with the saved view that is shown: its link is everybody's, all else its owner's. */
export function ViewMenu({ view }: { view: SavedView }) {
  const [isRenaming, setRenaming] = useState(false);
  const share = useWrite("editView", {
    said: (_, { changes }) =>
      changes.shared ? `Everybody finds ${view.name} in their list` : `${view.name} is yours alone again`,
    undo: (_input, _answer) => ({
      verb: "editView",
      input: { viewId: view.id, changes: { shared: view.shared } },
    }),
  });
  const remove = useWrite("removeView", {
    said: () => `View ${view.name} removed`,
    // A shared one would come back as one's own: that is no undo.
    ...(!view.shared && {
      undo: () => ({ verb: "saveView" as const, input: { name: view.name, address: view.address } }),
    }),
  });
  const label = `What can be done with the view ${view.name}`;
  const own =
    view.may === true
      ? [
          { id: "rename", label: "Rename", onChoose: () => setRenaming(true) },
          {
            id: "share",
            label: view.shared ? "Keep to myself" : "Share with everybody",
            onChoose: () => share.mutate({ viewId: view.id, changes: { shared: !view.shared } }),
          },
          { id: "remove", label: "Remove", onChoose: () => remove.mutate({ viewId: view.id }) },
        ]
      : [];
  return (
    <>
      <Menu
        label={label}
        button={<IconButton label={label} icon="more" size="small" />}
        choices={[{ id: "link", label: "Copy link", onChoose: () => copyLink(view) }, ...own]}
      />
      {isRenaming && <RenameViewDialog view={view} onClose={() => setRenaming(false)} />}
    </>
  );
}

/** Where the browser keeps the clipboard from the page, the link is said instead. */
async function copyLink(view: SavedView): Promise<void> {
  const link = linkOf(view);
  try {
    await navigator.clipboard.writeText(link);
    say(`Link to ${view.name} copied`);
  } catch {
    say(`Link to ${view.name}`, { detail: link });
  }
}
