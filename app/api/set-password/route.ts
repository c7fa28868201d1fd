import { answerSetPassword } from "@/lib/api/set-password";

const handle = (request: Request) => answerSetPassword(request);

export { handle as POST };
