import { Missing } from "@/components/shell/missing";

export default function NotFound() {
  return (
    <main className="flex min-h-dvh items-center">
      <Missing />
    </main>
  );
}
