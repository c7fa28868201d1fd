"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { OwnPassword } from "@/components/ui/own-password";
import { ruleWords } from "@/components/ui/problem-words";
import type { FormOf } from "@/components/ui/use-form";
import { api, client, type Inputs } from "@/lib/api/client";
import { problemOf } from "@/lib/api/problem-of";

export type SignedVerb = Inputs["beginSignature"]["verb"];
type Assertion = NonNullable<Inputs["signPolicy"]["passkey"]>;

/** By what a signer shows that it is they: their own password, or their passkey's answer. */
export interface Shown {
  password: string;
  passkey: Assertion | null;
}
export const NOT_SHOWN: Shown = { password: "", passkey: null };

export type ShownBy = { password: string } | { passkey: Assertion };

/** What is sent of it; null while neither is there. */
export function shownBy({ password, passkey }: Shown): ShownBy | null {
  if (passkey) return { passkey };
  return password ? { password } : null;
}

/** What is sent, with by what it is signed; null while neither is there. */
export function withShown<Sent extends object>(sent: Sent, shown: Shown): (Sent & ShownBy) | null {
  const by = shownBy(shown);
  return by && { ...sent, ...by };
}

/** One's own password, or one's passkey, asked before what cannot be taken back. */
export function InPerson<Values extends Shown>({
  form,
  verb,
  input,
}: {
  form: FormOf<Values>;
  verb: SignedVerb;
  /** What will be sent beside it: the passkey signs this and nothing else. */
  input: Readonly<Record<string, string>>;
}) {
  const account = useQuery(api.account.queryOptions({ input: {} })).data;
  const password = form.field("password" as keyof Values & string);
  const hasPasskey = account?.passkeys.some(({ own }) => own) ?? false;
  const hasPassword = !account || account.demo || account.passwordOwn || !hasPasskey;
  return (
    <div className="flex flex-col items-start gap-2">
      {hasPassword && (
        <OwnPassword
          {...password}
          value={form.values.password}
          onChange={(typed) => form.set({ password: typed, passkey: null } as Partial<Values>)}
        />
      )}
      {hasPasskey && <ByPasskey form={form} verb={verb} input={input} isOnly={!hasPassword} />}
      {account && account.passwordSetAt === null && !hasPasskey && (
        <p className="text-pretty text-ink-2">
          You have no password here. Register a passkey in{" "}
          <a href="/settings/account#passkeys" className="text-accent-ink underline underline-offset-2">
            your account
          </a>
          , and sign with it.
        </p>
      )}
    </div>
  );
}

function ByPasskey<Values extends Shown>({
  form,
  verb,
  input,
  isOnly,
}: {
  form: FormOf<Values>;
  verb: SignedVerb;
  input: Readonly<Record<string, string>>;
  isOnly: boolean;
}) {
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const ask = async () => {
    setAsking(true);
    setProblem(null);
    try {
      const { answer } = await client.beginSignature({ verb, input });
      const { startAuthentication } = await import("@simplewebauthn/browser");
      const passkey = await startAuthentication({ optionsJSON: answer.options as never });
      form.set({ passkey: passkey as never, password: "" } as unknown as Partial<Values>);
      await form.submit();
    } catch (error) {
      setProblem(passkeyProblem(error));
    } finally {
      setAsking(false);
    }
  };
  return (
    <>
      <Button
        look={isOnly ? "primary" : "plain"}
        icon="stamp"
        isPending={isAsking || form.isPending}
        onPress={ask}
      >
        {isAsking ? "Waiting for your passkey…" : "Sign with your passkey"}
      </Button>
      {problem && (
        <p role="alert" className="text-danger text-xs">
          {problem}
        </p>
      )}
    </>
  );
}

/** A browser names what went wrong by the error's name (WebAuthn). */
export function passkeyProblem(error: unknown): string {
  const name = error instanceof Error ? error.name : "";
  if (name === "NotAllowedError" || name === "AbortError")
    return "Your passkey did not answer: it was called off, or took too long. Try again.";
  if (name === "InvalidStateError") return "This authenticator has a passkey of yours already.";
  if (name === "SecurityError")
    return "A passkey holds at this app’s own address alone: open it there, over https or on localhost.";
  return ruleWords(problemOf(error).rule);
}
