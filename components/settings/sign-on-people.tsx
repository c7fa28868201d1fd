"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTimeInWords } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { GuardedButton } from "@/components/ui/button";
import { ComboBox } from "@/components/ui/combo-box";
import { ConfirmDialog } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { api, type Outputs } from "@/lib/api/client";

type Identity = Outputs["signOn"]["identities"][number];

/** Who came by single sign-on: those that belong to nobody yet, for an admin to say who they are, and the others. */
export function SignOnPeople({
  identities,
  mayEdit,
}: {
  identities: readonly Identity[];
  mayEdit: true | string;
}) {
  if (identities.length === 0)
    return (
      <EmptyState icon="people" title="Nobody yet">
        Whoever comes by single sign-on stands here. Who is not linked to a person yet waits until an admin
        says who they are; an address alone links nobody. People link themselves in Your account.
      </EmptyState>
    );
  return (
    <ul className="divide-y divide-line">
      {identities.map((one) => (
        <Row key={`${one.issuer} ${one.subject}`} one={one} mayEdit={mayEdit} />
      ))}
    </ul>
  );
}

function Row({ one, mayEdit }: { one: Identity; mayEdit: true | string }) {
  const timeInWords = useTimeInWords();
  const { issuer, subject, email, name, person, seenAt, linkedAt } = one;
  const [isAsked, setAsked] = useState(false);
  const drop = useWrite("dropIdentity", {
    said: () => (person ? `${person.name} does not come by single sign-on any more` : `${name} is forgotten`),
    onDone: () => setAsked(false),
  });
  return (
    <li className="grid items-center gap-x-4 gap-y-2 py-2.5 sm:grid-cols-[minmax(0,1fr)_18rem_auto]">
      <div className="min-w-0">
        <p className="break-words font-medium">{name}</p>
        <p className="break-all text-ink-2 text-xs">{email}</p>
        <p className="tabular text-ink-3 text-xs">
          {linkedAt ? `Linked ${timeInWords(linkedAt)}` : `Came ${timeInWords(seenAt)}, and was not let in`}
        </p>
      </div>
      {person ? (
        <p className="break-words">Signs in as {person.name}</p>
      ) : mayEdit === true ? (
        <SayWho one={one} />
      ) : (
        <p className="text-ink-2">Nobody’s yet</p>
      )}
      <GuardedButton
        size="small"
        look="quiet"
        because={mayEdit}
        aria-label={`${person ? "Unlink" : "Forget"} ${name}`}
        onPress={() => setAsked(true)}
      >
        {person ? "Unlink" : "Forget"}
      </GuardedButton>
      {isAsked && (
        <ConfirmDialog
          title={person ? `Unlink ${name} from ${person.name}?` : `Forget ${name}?`}
          confirm={person ? "Unlink" : "Forget"}
          danger
          isOpen
          isPending={drop.isPending}
          onClose={() => setAsked(false)}
          onConfirm={() => drop.mutate({ issuer, subject })}
        >
          {person
            ? "Every session of theirs that came by single sign-on ends. When they come again they belong to nobody here, until somebody says who they are."
            : "When they come again they stand here again."}
        </ConfirmDialog>
      )}
    </li>
  );
}

function SayWho({ one: { issuer, subject, name } }: { one: Identity }) {
  const people = useQuery(api.peopleList.queryOptions({ input: {} })).data?.people;
  const assign = useWrite("assignIdentity", { said: () => `${name} may come in now` });
  return (
    <ComboBox
      label={`Who ${name} is here`}
      noun="person"
      placeholder="Who is it?"
      items={people
        ?.filter(({ disabled }) => !disabled)
        .map(({ id, name, email }) => ({ id, name, detail: email }))}
      value={null}
      onChange={(userId) => userId && assign.mutate({ issuer, subject, userId })}
    />
  );
}
