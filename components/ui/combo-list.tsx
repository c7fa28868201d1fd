"use client";

import { type ReactNode, useContext, useEffect, useRef, useState } from "react";
import { ComboBoxStateContext } from "react-aria-components/ComboBox";
import { Popover } from "./popover";

/**
 * The list under a field that finds things. It goes where its field goes: React Aria closes a list when the page
 * moves, as a phone's does once its keys have come up, under the hand that types.
 */
export function ComboList({ children }: { children: ReactNode }) {
  const list = useContext(ComboBoxStateContext);
  const { isMoving, moves } = useMoves(list?.isOpen ?? false);
  const className = "w-(--trigger-width) min-w-72";
  // Where React Aria only counts the options there is no list yet.
  if (!list) return <Popover className={className}>{children}</Popover>;
  return (
    <Popover
      className={className}
      isOpen={list.isOpen}
      onOpenChange={(isOpen) => !isOpen && !(list.isFocused && isMoving()) && list.close()}
      // It is placed anew when one of its offsets changes, and in no other way that it offers.
      crossOffset={moves % 2 === 0 ? 0 : Number.EPSILON}
    >
      {children}
    </Popover>
  );
}

/** Whether what holds the field is being scrolled right now, and how often it was. */
function useMoves(isOpen: boolean) {
  const [moves, setMoves] = useState(0);
  const moving = useRef(false);
  const open = useRef(isOpen);
  open.current = isOpen;
  useEffect(() => {
    const heard = ({ target }: Event) => {
      const holds = !(target instanceof Element) || target.contains(document.activeElement);
      if (!open.current || !holds || moving.current) return;
      moving.current = true;
      requestAnimationFrame(() => {
        moving.current = false;
        setMoves((so) => so + 1);
      });
    };
    // From before a list is open: whoever would close it hears the same event later.
    window.addEventListener("scroll", heard, true);
    return () => window.removeEventListener("scroll", heard, true);
  }, []);
  return { moves, isMoving: () => moving.current };
}
