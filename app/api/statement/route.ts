import { answerStatement } from "@/lib/api/statement";

const handle = (request: Request) => answerStatement(request);

export { handle as POST };
