"use client";

import { onDemand } from "./on-demand";

/** Finds one thing by typing: partners, deals. Opens on focus, so that the likely ones cost no typing. */
export const ComboBox = onDemand(() => import("./combo-field").then((m) => m.ComboField));
