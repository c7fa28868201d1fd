import type { IconName } from "@/components/ui/icon";

/** One line of the palette: found, done or gone to. */
export interface Entry {
  id: string;
  label: string;
  icon: IconName;
  detail?: string;
  keys?: string;
  run(): void;
}
