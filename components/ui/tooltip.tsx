"use client";

import {
  cloneElement,
  type FocusEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { createPortal } from "react-dom";
import { Kbd } from "./kbd";

const OPENS_MS = 350;
/** Long enough to move the pointer onto the words (WCAG 1.4.13). */
const CLOSES_MS = 120;
const GAP = 6;
const EDGE = 8;

interface Child {
  onPointerEnter?(event: PointerEvent<HTMLElement>): void;
  onPointerLeave?(event: PointerEvent<HTMLElement>): void;
  onPointerDown?(event: PointerEvent<HTMLElement>): void;
  onFocus?(event: FocusEvent<HTMLElement>): void;
  onBlur?(event: FocusEvent<HTMLElement>): void;
  "aria-describedby"?: string;
}

/** Words for a focusable child, on hover and on focus; never the only place of something needed. */
export function Tooltip({
  text,
  keys,
  names,
  children,
}: {
  text: string;
  keys?: string;
  /** The words are the child's name already: they do not describe it once more. */
  names?: boolean;
  children: ReactElement<Child>;
}) {
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const own = children.props;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const after = (ms: number, next: HTMLElement | null) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setAnchor(next), ms);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!anchor) return;
    const heard = (event: KeyboardEvent) => event.key === "Escape" && setAnchor(null);
    window.addEventListener("keydown", heard);
    return () => window.removeEventListener("keydown", heard);
  }, [anchor]);

  return (
    <>
      {cloneElement(children, {
        onPointerEnter: (event) => {
          own.onPointerEnter?.(event);
          if (event.pointerType !== "touch") after(OPENS_MS, event.currentTarget);
        },
        onPointerLeave: (event) => {
          own.onPointerLeave?.(event);
          after(CLOSES_MS, null);
        },
        onPointerDown: (event) => {
          own.onPointerDown?.(event);
          after(0, null);
        },
        onFocus: (event) => {
          own.onFocus?.(event);
          if (event.currentTarget.matches(":focus-visible")) after(OPENS_MS, event.currentTarget);
        },
        onBlur: (event) => {
          own.onBlur?.(event);
          after(0, null);
        },
        "aria-describedby": anchor && !names ? id : undefined,
      })}
      {anchor && (
        <Words
          id={id}
          anchor={anchor}
          onEnter={() => clearTimeout(timer.current)}
          onLeave={() => after(CLOSES_MS, null)}
        >
          {text}
          {keys && <Kbd keys={keys} className="ml-2 align-middle" />}
        </Words>
      )}
    </>
  );
}

/** Above what it is about, or below where there is no room; within the window's edges. */
function Words({
  id,
  anchor,
  onEnter,
  onLeave,
  children,
}: {
  id: string;
  anchor: HTMLElement;
  onEnter(): void;
  onLeave(): void;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);
  useLayoutEffect(() => {
    if (!box.current) return;
    const around = anchor.getBoundingClientRect();
    const { width, height } = box.current.getBoundingClientRect();
    const above = around.top - height - GAP;
    const middle = around.left + around.width / 2 - width / 2;
    setPlace({
      left: Math.max(EDGE, Math.min(middle, window.innerWidth - width - EDGE)),
      top: above < EDGE ? around.bottom + GAP : above,
    });
  }, [anchor]);
  return createPortal(
    <div
      ref={box}
      id={id}
      role="tooltip"
      onPointerEnter={onEnter}
      onPointerLeave={onLeave}
      className="fixed z-60 max-w-72 rounded-md bg-ink px-2 py-1 text-canvas text-xs shadow-overlay"
      style={place ?? { left: 0, top: 0, visibility: "hidden" }}
    >
      {children}
    </div>,
    document.body,
  );
}
