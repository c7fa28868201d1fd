import { Webhook } from "standardwebhooks";

/** What Standard Webhooks signs a message with, and by which a repeat is known. */
export const SIGNED_BY = ["webhook-id", "webhook-timestamp", "webhook-signature"] as const;

/**
 * The id of a message that is signed by the Standard Webhooks scheme, within five minutes both ways; null of any other.
 * The library compares in constant time.
 */
export function signedMessage(
  headerOf: (name: string) => string | null,
  body: string,
  secret: string,
): string | null {
  const headers = Object.fromEntries(SIGNED_BY.map((name) => [name, headerOf(name) ?? ""]));
  try {
    new Webhook(secret).verify(body, headers, { jsonParse: false });
    return headers["webhook-id"]!;
  } catch {
    return null;
  }
}
