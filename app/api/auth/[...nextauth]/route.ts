import type { NextRequest } from "next/server";
import { answerSignIn } from "@/lib/api/sign-in";

const handle = (request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }) =>
  answerSignIn(request, context);

export { handle as GET, handle as POST };
