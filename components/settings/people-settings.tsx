"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { mayEver, useMe } from "@/components/shared/use-me";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { onDemand } from "@/components/ui/on-demand";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { USER_ROLE_NAMES } from "@/lib/auth/roles";
import { count } from "@/lib/text/words";
import { PersonRow } from "./person-row";
import { ROLE_DUTIES } from "./role-duties";

const AddPerson = onDemand(() => import("./add-person").then((m) => m.AddPerson));

/** Everybody who signs in: what they may do, and whether they still may. */
export function PeopleSettings() {
  const me = useMe();
  const maySee = me?.user.role === "admin" || me?.user.role === "auditor";
  const answer = useQuery({ ...api.peopleList.queryOptions({ input: {} }), enabled: maySee });
  const [isAdding, setAdding] = useState(false);
  const mayManage = mayEver(me, "people.manage");
  if (me && !maySee) {
    return (
      <EmptyState icon="lock" title="For admins and auditors">
        Who signs in, and as what, is kept by an admin (RevOps). You are here as{" "}
        {USER_ROLE_NAMES[me.user.role]}: {ROLE_DUTIES[me.user.role].toLowerCase()}.
      </EmptyState>
    );
  }
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  const people = answer.data?.people;
  const active = people?.filter(({ disabled }) => !disabled) ?? [];
  const off = people?.filter(({ disabled }) => disabled) ?? [];
  return (
    <div className="flex max-w-5xl flex-col gap-8">
      <Panel
        title={people ? `${count(active.length, "person signs", "people sign")} in` : "People"}
        aside={
          mayManage && (
            <Button look="primary" icon="plus" onPress={() => setAdding(true)}>
              Add person
            </Button>
          )
        }
      >
        {people ? (
          <ul className="divide-y divide-line">
            {active.map((person) => (
              <PersonRow
                key={person.id}
                person={person}
                mayManage={mayManage}
                isMe={person.id === me?.user.id}
              />
            ))}
          </ul>
        ) : (
          <SkeletonRows rows={7} label="Loading people" />
        )}
      </Panel>
      {off.length > 0 && (
        <Panel title="Switched off">
          <p className="mb-1 text-ink-3 text-xs">
            They cannot sign in. What they wrote stays theirs, in every deal and in the audit log, until they
            are erased: then it stays, and names nobody.
          </p>
          <ul className="divide-y divide-line">
            {off.map((person) => (
              <PersonRow key={person.id} person={person} mayManage={mayManage} isMe={false} />
            ))}
          </ul>
        </Panel>
      )}
      {isAdding && <AddPerson onClose={() => setAdding(false)} />}
    </div>
  );
}
