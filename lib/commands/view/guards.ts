import type { Guard } from "../guard";

/** A view is its owner's alone; that it is shared lets others look, not change it. */
export const mayKeepView: Guard<{ view: { name: string; ownerId: string } | null }> = {
  may: "view.keep",
  own: ({ userId }, { view }) => {
    if (userId === null) return "A person keeps views, signed in";
    return view === null || view.ownerId === userId || `Only whoever saved “${view.name}” changes it`;
  },
};
