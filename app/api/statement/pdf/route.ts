import { answerStatementPdf } from "@/lib/api/statement";

const handle = (request: Request) => answerStatementPdf(request);

export { handle as POST };
