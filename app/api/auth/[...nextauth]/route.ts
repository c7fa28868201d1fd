import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/lib/auth/options";

/** Without an address of its own in the environment, the server is where the browser says it is. */
if (!process.env.NEXTAUTH_URL) process.env.AUTH_TRUST_HOST ??= "true";

async function handle(request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }) {
  const protocol = request.headers.get("x-forwarded-proto") ?? request.nextUrl.protocol;
  const secure = process.env.NEXTAUTH_URL?.startsWith("https://") ?? protocol.startsWith("https");
  return NextAuth(request, context, authOptions(secure));
}

export { handle as GET, handle as POST };
