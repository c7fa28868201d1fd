import { clockVerb } from "./keep";

export const loopBack = clockVerb(
  "loop-back",
  "loopedBack",
  "Say when a partner was told what came of its warm introduction, or that it was not yet",
);
