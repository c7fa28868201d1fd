"use client";

import { useState } from "react";
import { passkeyProblem } from "@/components/shared/signing/in-person";
import { useTimeInWords } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { OwnPassword } from "@/components/ui/own-password";
import { type Sending, useForm } from "@/components/ui/use-form";
import { client, type Outputs } from "@/lib/api/client";

type Passkey = Outputs["account"]["passkeys"][number];

/** The passkeys that one signs with: what holds them, and a way to register another. */
export function AccountPasskeys({
  passkeys,
  hasPassword,
}: {
  passkeys: readonly Passkey[];
  hasPassword: boolean;
}) {
  const [isAdding, setAdding] = useState(false);
  return (
    <div className="flex flex-col gap-3">
      {passkeys.length === 0 ? (
        <p className="text-pretty text-ink-2">
          None yet. With a passkey (this computer, your phone, a security key) you sign, freeze and pay by a
          touch instead of your password.
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {passkeys.map((one) => (
            <Row key={one.id} one={one} />
          ))}
        </ul>
      )}
      {isAdding ? (
        <Register hasPassword={hasPassword} onDone={() => setAdding(false)} />
      ) : (
        <div>
          <Button icon="plus" onPress={() => setAdding(true)}>
            Register a passkey
          </Button>
        </div>
      )}
    </div>
  );
}

function Row({ one: { id, name, own, createdAt, usedAt } }: { one: Passkey }) {
  const timeInWords = useTimeInWords();
  const remove = useWrite("removePasskey", { said: () => `${name} signs nothing any more` });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="break-words font-medium">{name}</p>
        <p className="text-ink-3 text-xs">
          Registered {timeInWords(createdAt)}; {usedAt ? `last used ${timeInWords(usedAt)}` : "not used yet"}
          {!own &&
            ". It was registered in a browser in which an admin has signed in, and counts for no signature"}
        </p>
      </div>
      <Button
        size="small"
        look="quiet"
        aria-label={`Remove ${name}`}
        isPending={remove.isPending}
        onPress={() => remove.mutate({ passkeyId: id })}
      >
        Remove
      </Button>
    </li>
  );
}

/** Has the browser make one: it asks for a touch. */
async function makePasskey(proof: { password?: string }) {
  const { answer } = await client.beginPasskey(proof);
  const { startRegistration } = await import("@simplewebauthn/browser");
  return startRegistration({ optionsJSON: answer.options as never });
}

/** Makes a passkey and registers it: the two calls, and the browser's question between them, as one write. */
function useRegistering(onDone: () => void) {
  const [asking, setAsking] = useState<{ isPending: boolean; error: unknown }>({
    isPending: false,
    error: null,
  });
  const [problem, setProblem] = useState<string | null>(null);
  const register = useWrite("registerPasskey", {
    quiet: true,
    said: ({ answer }, { name }) =>
      answer.signs
        ? `${name} signs from now on`
        : { message: `${name} is registered`, detail: "In an admin’s browser: it counts for no signature." },
    onDone,
  });
  const write: Sending<{ name: string; password?: string }> = {
    ...asking,
    mutate: async ({ name, ...proof }: { name: string; password?: string }, told) => {
      setAsking({ isPending: true, error: null });
      setProblem(null);
      try {
        const response = await makePasskey(proof);
        setAsking({ isPending: false, error: null });
        register.mutate({ name, response: response as never });
      } catch (error) {
        setAsking({ isPending: false, error: null });
        setProblem(passkeyProblem(error));
        told?.onError(error);
      }
    },
  };
  const isPending = asking.isPending || register.isPending;
  const refused = register.error ? passkeyProblem(register.error) : null;
  return { write, isPending, problem: problem ?? refused };
}

function Register({ hasPassword, onDone }: { hasPassword: boolean; onDone(): void }) {
  const { write, isPending, problem } = useRegistering(onDone);
  const form = useForm({
    start: { name: "", password: "" },
    sent: ({ name, password }) =>
      name.trim() && (password || !hasPassword)
        ? { name: name.trim(), ...(hasPassword && { password }) }
        : null,
    write,
  });
  return (
    <Form
      form={form}
      label="Register a passkey"
      className="flex max-w-xl flex-col items-start gap-3"
      foot={
        <div className="flex flex-wrap gap-2">
          <Button look="primary" type="submit" isPending={isPending} isDisabled={!form.ready}>
            {isPending ? "Waiting for your passkey…" : "Register it"}
          </Button>
          <Button look="quiet" onPress={onDone}>
            Cancel
          </Button>
        </div>
      }
    >
      <TextField
        label="What holds it"
        note="By which you know it again: Laptop, Phone, Blue key."
        isRequired
        autoFocus
        {...form.field("name")}
      />
      {hasPassword && <OwnPassword {...form.field("password")} />}
      {problem && (
        <p role="alert" className="text-danger">
          {problem}
        </p>
      )}
    </Form>
  );
}
