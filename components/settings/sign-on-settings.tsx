"use client";

import { useQuery } from "@tanstack/react-query";
import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button, GuardedButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Icon } from "@/components/ui/icon";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Outputs } from "@/lib/api/client";
import { SignOnPeople } from "./sign-on-people";
import { SignOnRules } from "./sign-on-rules";

type SignOn = Outputs["signOn"];

/** How people come by the company's own sign-in: the provider and its test, which group is which role, who came. */
export function SignOnSettings() {
  const me = useMe();
  const maySee = me?.user.role === "admin" || me?.user.role === "auditor";
  const answer = useQuery({ ...api.signOn.queryOptions({ input: {} }), enabled: maySee });
  if (me && !maySee)
    return (
      <EmptyState icon="lock" title="For admins and auditors">
        How people come in is kept by an admin (RevOps).
      </EmptyState>
    );
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  if (!answer.data) return <SkeletonRows rows={8} label="Loading how people come in" />;
  const { rules, may } = answer.data;
  return (
    <div className="flex max-w-4xl flex-col gap-8">
      <Panel title="Identity provider">
        <Provider of={answer.data} />
      </Panel>
      <Panel title="Roles">
        <SignOnRules key={JSON.stringify(rules)} rules={rules} mayEdit={may.edit} />
      </Panel>
      <Panel title="Passwords">
        <Passwords off={rules.passwordsOff} mayEdit={may.edit} />
      </Panel>
      <Panel title="Who came">
        <SignOnPeople identities={answer.data.identities} mayEdit={may.edit} />
      </Panel>
    </div>
  );
}

function Provider({ of: { provider, returns, may } }: { of: SignOn }) {
  const back = (returns.address ?? window.location.origin) + returns.path;
  if (!provider)
    return (
      <EmptyState icon="lock" title="Not set up">
        Register this app at your identity provider (Okta, Entra ID, Google, Keycloak) as a web application
        that uses OpenID Connect, with <Code>{back}</Code> as where it sends people back to. Then start the
        server with <Code>SSO_ISSUER</Code>, <Code>SSO_CLIENT_ID</Code> and <Code>SSO_CLIENT_SECRET</Code>.
      </EmptyState>
    );
  return (
    <div className="flex flex-col gap-3">
      <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[9rem_1fr]">
        <Fact name="Issuer" value={provider.issuer} />
        <Fact name="Client" value={provider.clientId} />
        <Fact name="Asks for" value={provider.scopes} />
        <Fact name="Sends back to" value={back} />
      </dl>
      {may.edit === true && <Check />}
    </div>
  );
}

const Code = ({ children }: { children: string }) => (
  <code className="break-all font-mono text-xs">{children}</code>
);

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt className="text-ink-2">{name}</dt>
      <dd className="min-w-0 break-all">{value}</dd>
    </>
  );
}

/** Asks the provider what can be asked without a person. */
function Check() {
  const input = { address: window.location.origin };
  const check = useQuery({ ...api.signOnCheck.queryOptions({ input }), enabled: false, retry: false });
  return (
    <div className="flex flex-col items-start gap-2" aria-live="polite">
      <Button size="small" isPending={check.isFetching} onPress={() => check.refetch()}>
        {check.isFetching ? "Testing…" : "Test it"}
      </Button>
      {check.error && <ErrorState error={check.error} onRetry={() => check.refetch()} />}
      {check.data && !check.isFetching && (
        <ul className="flex flex-col gap-1">
          {check.data.looked.map(({ right, says }) => (
            <li key={says} className="flex gap-2">
              <Icon
                name={right ? "check" : "alert"}
                className={right ? "mt-0.5 shrink-0 text-accent" : "mt-0.5 shrink-0 text-danger"}
              />
              <span className="min-w-0 break-words">
                <span className="sr-only">{right ? "Right: " : "Wrong: "}</span>
                {says}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Passwords({ off, mayEdit }: { off: boolean; mayEdit: true | string }) {
  const edit = useWrite("editSignOn", {
    said: (_, { changes }) =>
      changes.passwordsOff ? "Passwords let nobody in any more" : "Passwords let people in again",
  });
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <p className="min-w-0 flex-1 basis-64 text-pretty text-ink-2">
        {off
          ? "Everybody comes by single sign-on alone. When it fails, npm run admin on the server lets passwords in again."
          : "People come in by single sign-on or with a password of their own. Once you have come by single sign-on yourself, passwords can be switched off."}
      </p>
      <GuardedButton
        size="small"
        because={mayEdit}
        isPending={edit.isPending}
        onPress={() => edit.mutate({ changes: { passwordsOff: !off } })}
      >
        {off ? "Let passwords in again" : "Switch passwords off"}
      </GuardedButton>
    </div>
  );
}
