"use client";

import type { ReactNode } from "react";
import { FormDialog } from "@/components/ui/form-dialog";
import { type Sending, useForm } from "@/components/ui/use-form";
import { plural } from "@/lib/text/words";
import { FrozenText } from "./frozen-text";
import { InPerson, NOT_SHOWN, type ShownBy, type SignedVerb, shownBy } from "./in-person";
import type { Seat } from "./seat-list";

/** One signature in one's own seat, over the text and the hash that were read, after entering one's own password, or by one's passkey. */
export function SignForm<Sent>({
  text,
  seats,
  seat,
  binds,
  verb,
  about,
  sent,
  write,
  children,
  onClose,
}: {
  text: { canonical: string; hash: string };
  seats: readonly Seat[];
  seat: Seat;
  /** What the third signature does. */
  binds: string;
  verb: SignedVerb;
  /** What is signed, as it is sent. */
  about: Readonly<Record<string, string>>;
  /** With by what the signer showed that it is they. */
  sent(shown: ShownBy): Sent;
  write: Sending<Sent>;
  /** What is signed, and what it brings about. */
  children: ReactNode;
  onClose(): void;
}) {
  const missing = seats.filter((one) => !one.signature && one.seat !== seat.seat).length;
  const form = useForm({
    start: NOT_SHOWN,
    sent: (values) => {
      const shown = shownBy(values);
      return shown && sent(shown);
    },
    write,
  });
  return (
    <FormDialog
      form={form}
      title={`Sign as ${seat.name}`}
      save="Sign this text"
      icon="stamp"
      width="wide"
      onClose={onClose}
    >
      {children}
      <FrozenText {...text} />
      <p className="text-pretty text-ink-2">
        {missing === 0
          ? `Yours is the third signature: ${binds}.`
          : `After yours, ${plural(missing, "one signature is", "two signatures are")} missing.`}{" "}
        A signature cannot be taken back.
      </p>
      <InPerson form={form} verb={verb} input={about} />
    </FormDialog>
  );
}
