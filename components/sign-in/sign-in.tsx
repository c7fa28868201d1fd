"use client";

import { useState } from "react";
import { DemoMarker } from "@/components/shared/demo-marker";
import { attemptSignIn } from "@/components/shared/session";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { USER_ROLE_NAMES, type UserRole } from "@/lib/auth/roles";
import { capital } from "@/lib/text/words";
import { Front } from "./front";

export interface DemoPerson {
  role: UserRole;
  name: string;
  email: string;
  password: string;
}

const SAID = {
  refused:
    "That e-mail address and password do not go together. If you have no password yet, or forgot it, an admin makes you a link to set one.",
  unreachable: "The server did not answer. Nothing is wrong with what you typed; try again.",
} as const;

interface Entry {
  email: string;
  password: string;
}

/** E-mail and password; while the demo story is there, one person a role to walk in as. */
export function SignIn({ people, to }: { people: readonly DemoPerson[]; to: string | null }) {
  const [entry, setEntry] = useState<Entry>({ email: "", password: "" });
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const go = async (as: Entry) => {
    setEntry(as);
    setBusy(true);
    setProblem(null);
    const attempt = await attemptSignIn(as.email, as.password);
    if (attempt === "in") {
      // A whole new page: nothing of a session before may stay in memory.
      window.location.assign(to ?? "/");
      return;
    }
    setBusy(false);
    setProblem(typeof attempt === "string" ? SAID[attempt] : `${capital(attempt.wait)}.`);
  };

  return (
    <Front>
      <div className={people.length > 0 ? "grid gap-x-14 gap-y-10 md:grid-cols-[20rem_1fr]" : "max-w-80"}>
        <section aria-labelledby="sign-in-title">
          <h1 id="sign-in-title" className="mb-4 font-semibold text-xl">
            Sign in
          </h1>
          <Fields
            entry={entry}
            problem={problem}
            isBusy={isBusy}
            onChange={setEntry}
            onGo={() => go(entry)}
          />
        </section>
        {people.length > 0 && <DemoPeople people={people} isBusy={isBusy} onGo={go} />}
      </div>
    </Front>
  );
}

function Fields({
  entry,
  problem,
  isBusy,
  onChange,
  onGo,
}: {
  entry: Entry;
  problem: string | null;
  isBusy: boolean;
  onChange(entry: Entry): void;
  onGo(): void;
}) {
  return (
    <form
      className="flex flex-col gap-3.5"
      onSubmit={(event) => {
        event.preventDefault();
        onGo();
      }}
    >
      <TextField
        label="E-mail"
        type="email"
        name="email"
        value={entry.email}
        onChange={(email) => onChange({ ...entry, email })}
        isRequired
        autoComplete="username"
        autoFocus
      />
      <TextField
        label="Password"
        type="password"
        name="password"
        value={entry.password}
        onChange={(password) => onChange({ ...entry, password })}
        isRequired
        autoComplete="current-password"
      />
      {problem && (
        <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-danger">
          {problem}
        </p>
      )}
      <Button look="primary" type="submit" isPending={isBusy}>
        {isBusy ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}

function DemoPeople({
  people,
  isBusy,
  onGo,
}: {
  people: readonly DemoPerson[];
  isBusy: boolean;
  onGo(as: Entry): void;
}) {
  return (
    <section aria-labelledby="demo-title">
      <header className="mb-2 flex items-center justify-between border-line border-b pb-2">
        <h2 id="demo-title" className="font-semibold text-base">
          Or look around as
        </h2>
        <DemoMarker>Demo data</DemoMarker>
      </header>
      <ul className="divide-y divide-line">
        {people.map(({ email, password, name, role }) => (
          <li key={email}>
            <button
              type="button"
              aria-label={`Sign in as ${name}, ${USER_ROLE_NAMES[role]}`}
              disabled={isBusy}
              onClick={() => onGo({ email, password })}
              className="group flex w-full items-center gap-4 rounded-sm px-1 py-2.5 text-left hover:bg-hover disabled:opacity-60"
            >
              <span className="w-44 shrink-0">
                <span className="block font-medium">{USER_ROLE_NAMES[role]}</span>
                <span className="block text-ink-2 text-xs">{name}</span>
              </span>
              <span className="hidden min-w-0 flex-1 truncate text-ink-3 text-xs sm:block">
                {email} · {password}
              </span>
              <Icon name="chevronRight" className="ml-auto text-ink-3 group-hover:text-ink" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
