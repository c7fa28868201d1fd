"use client";

import { useOwnDrawing } from "@/components/ui/use-own-drawing";

/**
 * What a query holds that the server's page was drawn without; nothing until that page stands. A part that comes to life
 * later would find it there already, asked by one that came before, and not be what the server drew.
 */
export const useUnserved = <T>(held: T | undefined): T | undefined => (useOwnDrawing() ? held : undefined);
