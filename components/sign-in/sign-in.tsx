"use client";

import { useState } from "react";
import { DemoMarker } from "@/components/shared/demo-marker";
import { attemptSignIn, leaveForSignOn } from "@/components/shared/session";
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

/** What one may come in by: the company's own sign-in, passwords, or both. */
interface Ways {
  signOn: boolean;
  passwords: boolean;
}

/**
 * The company's own sign-in where there is one, e-mail and password while they let anybody in; while the demo story is
 * there, one person a role to walk in as.
 */
export function SignIn({
  people,
  to,
  ways,
  problem: begun,
}: {
  people: readonly DemoPerson[];
  to: string | null;
  ways: Ways;
  /** Why whoever came back by single sign-on was not let in. */
  problem: string | null;
}) {
  const [entry, setEntry] = useState<Entry>({ email: "", password: "" });
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState(begun);

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

  const leave = async () => {
    setBusy(true);
    setProblem(null);
    if (await leaveForSignOn(to ?? "/")) return;
    setBusy(false);
    setProblem(SAID.unreachable);
  };

  return (
    <Front>
      <div className={people.length > 0 ? "grid gap-x-14 gap-y-10 md:grid-cols-[20rem_1fr]" : "max-w-80"}>
        <section aria-labelledby="sign-in-title">
          <h1 id="sign-in-title" className="mb-4 font-semibold text-xl">
            Sign in
          </h1>
          {problem && (
            <p role="alert" className="mb-3.5 text-pretty rounded-md bg-danger-soft px-3 py-2 text-danger">
              {problem}
            </p>
          )}
          {ways.signOn && <SignOnButton isBusy={isBusy} isOnly={!ways.passwords} onGo={leave} />}
          {ways.passwords ? (
            <Fields entry={entry} isBusy={isBusy} onChange={setEntry} onGo={() => go(entry)} />
          ) : (
            !ways.signOn && <NoWay />
          )}
        </section>
        {people.length > 0 && <DemoPeople people={people} isBusy={isBusy} onGo={go} />}
      </div>
    </Front>
  );
}

function SignOnButton({ isBusy, isOnly, onGo }: { isBusy: boolean; isOnly: boolean; onGo(): void }) {
  return (
    <div className="flex flex-col">
      <Button look={isOnly ? "primary" : "plain"} icon="lock" isPending={isBusy} onPress={onGo}>
        Sign in with your company’s account
      </Button>
      {!isOnly && <p className="my-3 text-center text-ink-3 text-xs">or with a password</p>}
    </div>
  );
}

/** Passwords are switched off, and the server was started without a provider. */
function NoWay() {
  return (
    <p className="text-pretty text-ink-2">
      Passwords let nobody in here, and single sign-on is not set up. Whoever runs this server gets in with{" "}
      <code className="font-mono text-xs">npm run admin</code>.
    </p>
  );
}

function Fields({
  entry,
  isBusy,
  onChange,
  onGo,
}: {
  entry: Entry;
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
