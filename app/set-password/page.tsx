import type { Metadata } from "next";
import { SetPassword } from "@/components/sign-in/set-password";

export const metadata: Metadata = { title: "Set your password", robots: { index: false } };

export default function Page() {
  return <SetPassword />;
}
