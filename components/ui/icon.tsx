import type { SVGProps } from "react";
import { classNames } from "./class-names";

/** Our own strokes on a 16-unit grid, so that no icon package travels to the browser. */
const PATHS = {
  deals: "M2.5 4h11M2.5 8h11M2.5 12h7",
  inbox: "M2.5 8.5 4.3 3h7.4l1.8 5.5v4.5h-11zM2.5 8.5h3.3l.9 1.8h2.6l.9-1.8h3.3",
  dashboard: "M2.5 13.5v-5M6.2 13.5v-9M9.8 13.5v-7M13.5 13.5v-11",
  forecast: "M2.5 13.5v-3M6.2 13.5V8M2.5 6.5 6 4l3 2 4.5-4M13.5 5V2h-3M9.8 13.5v-4M13.5 13.5V8",
  import: "M8 2v8M4.8 7 8 10.2 11.2 7M2.5 13.5h11",
  export: "M8 10.5v-8M4.8 5.5 8 2.3l3.2 3.2M2.5 13.5h11",
  settings: "M2.5 4.5h6M12 4.5h1.5M2.5 11.5H4M7.5 11.5h6M10.2 2.8v3.4M5.8 9.8v3.4",
  people:
    "M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM1.5 13.5c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4M11 2.8a2.3 2.3 0 0 1 0 4.4M12.3 9.8c1.3.5 2.2 1.8 2.2 3.7",
  account: "M3 13.5v-10l6-1v11M9 6.5h4v7M1.8 13.5h12.4M5.3 5.8h1.4M5.3 8.3h1.4M5.3 10.8h1.4",
  month: "M2.5 3.8h11v9.7h-11zM2.5 7h11M5.4 2.3v3M10.6 2.3v3M5.6 10.2l1.5 1.5 3.2-3.2",
  registration: "M3.5 2.5h9v11h-9zM5.8 5.5h4.4M5.8 8h2.4M6 10.8l1.2 1.1 2.4-2.4",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.3 10.3l3.2 3.2",
  check: "m3 8.5 3.2 3.2L13 4.8",
  close: "m4 4 8 8M12 4l-8 8",
  plus: "M8 3v10M3 8h10",
  minus: "M3.5 8h9",
  alert: "M8 5.5v3.2M8 11.2v.1M8 1.8 1.4 13.5h13.2L8 1.8Z",
  info: "M8 7.3v3.9M8 4.8v.1M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Z",
  lock: "M4 7.2h8v6H4zM5.6 7V5a2.4 2.4 0 0 1 4.8 0v2",
  link: "M6.8 9.2a2.4 2.4 0 0 0 3.4 0l2.3-2.3a2.4 2.4 0 0 0-3.4-3.4l-.8.8M9.2 6.8a2.4 2.4 0 0 0-3.4 0L3.5 9.1a2.4 2.4 0 0 0 3.4 3.4l.8-.8",
  note: "M3.5 2.5h6l3 3v8h-9zM9.3 2.7v3h3M5.8 8.3h4.4M5.8 10.8h4.4",
  chevronDown: "m4.2 6.2 3.8 3.8 3.8-3.8",
  chevronRight: "m6.2 4.2 3.8 3.8-3.8 3.8",
  chevronLeft: "M9.8 4.2 6 8l3.8 3.8",
  sortUp: "M8 12.5v-9M4.8 6.7 8 3.5l3.2 3.2",
  sortDown: "M8 3.5v9M4.8 9.3 8 12.5l3.2-3.2",
  compare: "M8 2v12M2.5 5h3M2.5 8h3M2.5 11h3M10.5 6.5h3M10.5 9.5h3",
  columns: "M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10",
  clock: "M8 4.8V8l2.2 1.6M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Z",
  sun: "M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6ZM8 1.5v1.2M8 13.3v1.2M1.5 8h1.2M13.3 8h1.2M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9",
  moon: "M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8 5.6 5.6 0 1 0 13.2 9.6Z",
  monitor: "M2 3h12v8H2zM6 13.5h4",
  signOut: "M6 2.5H3v11h3M10.5 5 13.5 8l-3 3M13.2 8H6.5",
  tag: "M2.5 2.5h5l6 6-5 5-6-6zM5.3 5.3h.1",
  activity: "M1.8 8.5h2.7L6.4 3l3.2 10 1.9-4.5h2.7",
  edit: "m9.8 3.2 3 3L6 13H3v-3zM8.3 4.7l3 3",
  trash: "M3 4.5h10M6.3 4.3V2.8h3.4v1.5M4.3 4.7l.6 8.8h6.2l.6-8.8",
  more: "M3.5 8h.1M8 8h.1M12.5 8h.1",
  external: "M9 3h4v4M12.7 3.3 7.5 8.5M11 9.5V13H3V5h3.5",
  filter: "M2.5 4h11M4.5 8h7M6.5 12h3",
  stamp: "M5.2 9.3c1-1.6-.8-3 0-5a3 3 0 0 1 5.6 0c.8 2-1 3.4 0 5M3 9.3h10v2H3zM3 13.5h10",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  undo: "M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6M5.8 3.5 2.8 6.5l3 3",
} as const;

export type IconName = keyof typeof PATHS;

/** A decorative icon, hidden from assistive technology: the word beside it (or the label) speaks. */
export function Icon({ name, className, ...rest }: { name: IconName } & SVGProps<SVGSVGElement>) {
  return (
    <svg
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={classNames("size-4 shrink-0", className)}
      {...rest}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
