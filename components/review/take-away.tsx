import { buttonLook } from "@/components/ui/button-look";
import { Icon } from "@/components/ui/icon";

const FILES = [
  { type: "pdf", name: "PDF", what: "to print and to sign" },
  { type: "pptx", name: "Slides", what: "with charts that can be edited" },
  { type: "xlsx", name: "Spreadsheet", what: "a sheet a section, and the deals behind every number" },
] as const;

/** The review pack, three ways, all from the numbers on this screen. */
export function TakeAway({ quarter, long = false }: { quarter: string; long?: boolean }) {
  return (
    <ul className={long ? "flex flex-col gap-2" : "flex flex-wrap gap-2"}>
      {FILES.map(({ type, name, what }) => (
        <li key={type} className="flex items-center gap-x-3">
          <a
            href={`/api/review/${quarter}/pack.${type}`}
            download
            title={`${name}, ${what}`}
            className={buttonLook("plain")}
          >
            <Icon name="import" className="size-3.5" />
            {name}
          </a>
          {long && <span className="text-ink-2">{what}</span>}
        </li>
      ))}
    </ul>
  );
}
