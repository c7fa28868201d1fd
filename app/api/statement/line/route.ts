import { answerStatementLine } from "@/lib/api/statement";

const handle = (request: Request) => answerStatementLine(request);

export { handle as POST };
