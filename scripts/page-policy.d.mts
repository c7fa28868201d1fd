import type { IncomingMessage, ServerResponse } from "node:http";

export const STYLES_OF_LIBRARIES: readonly string[];
export function readInlineScripts(build: string): ReadonlyMap<string, string[]>;
export function policyOf(
  path: string,
  nonce: string,
  inlineScripts: ReadonlyMap<string, string[]>,
  isSecure: boolean,
): string;
export function guardPage(
  request: IncomingMessage,
  response: ServerResponse,
  inlineScripts: ReadonlyMap<string, string[]>,
  isSecure: boolean,
): void;
