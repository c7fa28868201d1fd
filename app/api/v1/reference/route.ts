import { answerReference } from "@/lib/api/reference";

/** The API's document, for people. */
export const GET = answerReference;
