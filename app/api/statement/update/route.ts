import { answerStatementUpdate } from "@/lib/api/statement";

const handle = (request: Request) => answerStatementUpdate(request);

export { handle as POST };
