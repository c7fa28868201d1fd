import { clockVerb } from "./keep";

export const answerIntroduction = clockVerb(
  "answer-introduction",
  "answered",
  "Say when we first responded to a partner's warm introduction, or that we have not yet",
);
