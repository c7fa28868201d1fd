import { Chip } from "@/components/ui/chip";

/** Marks what the demo story brought. */
export function DemoMarker({ children = "Demo" }: { children?: React.ReactNode }) {
  return (
    <Chip tone="dashed" says="Part of the demo story; an admin removes it in one click">
      {children}
    </Chip>
  );
}
