import { z } from "zod";

/** From where somebody knocks (lib/auth/browser.ts). */
export const whenceShape = z.strictObject({
  browserId: z.string().max(64).nullable(),
  browser: z.string().max(100),
  origin: z.string().max(64),
});
