import { answerReferenceScript } from "@/lib/api/reference";

export const GET = answerReferenceScript;
