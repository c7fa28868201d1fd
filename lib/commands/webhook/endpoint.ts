import { z } from "zod";
import { WEBHOOK_EVENTS } from "@/lib/text/webhook-words";
import * as field from "../input";

/** Where a system is told. */
export const addressShape = field.link.refine((text) => {
  const { username, password } = new URL(text);
  return !username && !password;
}, "must hold no name and no password");

/** Of what it is told, each once. */
export const eventsShape = z
  .array(z.enum(WEBHOOK_EVENTS, { error: `must be one of ${WEBHOOK_EVENTS.join(", ")}` }))
  .min(1, "must name what is told")
  .transform((events) => [...new Set(events)]);
