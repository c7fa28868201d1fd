import type { Guard } from "../guard";

export const mayRunJob: Guard<unknown> = { may: "job.run" };
