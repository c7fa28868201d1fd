import { createTransport } from "nodemailer";
import { oneLine } from "@/lib/text/message";
import type { Delivery, Send } from "./delivery";

const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;
/** Of all of it: less than a notice is held by who sends it. */
const WHOLE_MS = 30_000;

/** The variables that say how mail leaves; absent, none does. */
export interface MailSettings {
  /** `smtp://` or `smtps://`, with user and password where the server wants them. */
  url: string;
  from: string;
}

/** From the environment, or null: nothing leaves without being configured. */
export function mailSettings(env: Readonly<Record<string, string | undefined>>): MailSettings | null {
  const { SMTP_URL: url, MAIL_FROM: from } = env;
  return url && from ? { url, from } : null;
}

const transportBy = ({ url, from }: MailSettings) =>
  createTransport(url, {
    from,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as object);

/** Whether the mail server lets us in; sends nothing. What is wrong, in words, or null. */
export async function mailProblem(settings: MailSettings): Promise<string | null> {
  const transport = transportBy(settings);
  try {
    await transport.verify();
    return null;
  } catch (error) {
    return (error as Error).message;
  } finally {
    transport.close();
  }
}

/** Sends by SMTP, one connection a letter: a few a day, to a server that may restart in between. */
export function mailBy(settings: MailSettings): Send {
  const { from } = settings;
  const transport = transportBy(settings);
  const host = /@([^@>\s]+)>?\s*$/.exec(from)?.[1] ?? "countersign.invalid";
  return async ({ id, to, subject, text, html }) => {
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error("the mail server took too long")), WHOLE_MS);
    });
    const letter = {
      from,
      to: { name: oneLine(to.name), address: to.email },
      subject,
      text,
      html,
      messageId: `<${id}@${host}>`,
      // Nobody's absence note is wanted (RFC 3834).
      headers: { "Auto-Submitted": "auto-generated" },
    };
    try {
      await Promise.race([transport.sendMail(letter), tooLong]);
      return { taken: true };
    } catch (error) {
      return asDelivery(error);
    } finally {
      clearTimeout(timer);
      transport.close();
    }
  };
}

interface SmtpFault {
  code?: string;
  responseCode?: number;
  response?: string;
  message?: string;
}

/** 5xx is the server's last word about this letter (RFC 5321); what concerns our sign-in is put right by an admin. */
function asDelivery(error: unknown): Delivery {
  const { code, responseCode, response, message } = error as SmtpFault;
  if (code === "EAUTH")
    return { taken: false, isFinal: false, problem: "The mail server refused our sign-in: look at SMTP_URL" };
  if (responseCode !== undefined)
    return {
      taken: false,
      isFinal: responseCode >= 500,
      problem: `The mail server said: ${oneLine(response ?? String(responseCode)).slice(0, 300)}`,
    };
  return {
    taken: false,
    isFinal: false,
    problem: `The mail server did not take it: ${oneLine(message ?? "").slice(0, 300)}`,
  };
}
