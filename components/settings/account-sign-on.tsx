"use client";

import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { leaveForSignOn } from "@/components/shared/session";
import { useTimeInWords } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { Form } from "@/components/ui/form";
import { OwnPassword } from "@/components/ui/own-password";
import { useForm } from "@/components/ui/use-form";
import type { Outputs } from "@/lib/api/client";
import { signOnWords } from "@/lib/text/sign-on-words";

type SignOn = Outputs["account"]["signOn"];

/** As whom one comes by the company's own sign-in, and the way to link it: with one's password, and by going there. */
export function AccountSignOn({
  signOn: { isSetUp, identities },
  hasPassword,
}: {
  signOn: SignOn;
  hasPassword: boolean;
}) {
  const timeInWords = useTimeInWords();
  const said = useSearchParams().get("signOn");
  const [isLinking, setLinking] = useState(false);
  return (
    <div className="flex flex-col gap-3">
      {said && said !== "linked" && (
        <p role="alert" className="text-pretty rounded-md bg-danger-soft px-3 py-2 text-danger">
          {signOnWords(said)}
        </p>
      )}
      {identities.map(({ issuer, email, linkedAt }) => (
        <div key={`${issuer} ${linkedAt}`}>
          <p className="break-all font-medium">{email}</p>
          <p className="break-all text-ink-3 text-xs">
            At {issuer}, linked {timeInWords(linkedAt)}. An admin can take it away.
          </p>
        </div>
      ))}
      {identities.length === 0 && (
        <p className="text-pretty text-ink-2">
          Not linked yet. Linked, you come in by it without a password of this app.
        </p>
      )}
      {isSetUp && hasPassword && identities.length === 0 && !isLinking && (
        <div>
          <Button onPress={() => setLinking(true)}>Link it</Button>
        </div>
      )}
      {isLinking && <Link />}
    </div>
  );
}

function Link() {
  const [isLeaving, setLeaving] = useState(false);
  const [isLost, setLost] = useState(false);
  const begin = useWrite("beginLink", {
    quiet: true,
    said: () => null,
    onDone: async ({ answer }) => {
      setLeaving(true);
      if (await leaveForSignOn(`/settings/account?link=${answer.token}`)) return;
      setLeaving(false);
      setLost(true);
    },
  });
  const form = useForm({
    start: { password: "" },
    sent: ({ password }) => (password ? { password } : null),
    write: begin,
  });
  return (
    <Form
      form={form}
      label="Link your company’s sign-in"
      className="flex flex-col gap-3"
      foot={
        <div>
          <Button
            look="primary"
            type="submit"
            isPending={begin.isPending || isLeaving}
            isDisabled={!form.ready}
          >
            Go there to link it
          </Button>
        </div>
      }
    >
      <OwnPassword {...form.field("password")} />
      {isLost && <p className="text-danger">Your company’s sign-in could not be reached; try again.</p>}
    </Form>
  );
}
