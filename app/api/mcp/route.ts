import { answerTools } from "@/lib/api/tools/answer-tools";

/** A model's client (MCP over streamable HTTP). */
export { answerTools as DELETE, answerTools as GET, answerTools as POST };
