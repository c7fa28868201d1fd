"use client";

import { useWrite } from "@/components/shared/use-write";
import { Button, IconButton } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { TextField } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Select } from "@/components/ui/select";
import { useForm } from "@/components/ui/use-form";
import type { Outputs } from "@/lib/api/client";
import { USER_ROLE_NAMES, USER_ROLES, type UserRole } from "@/lib/auth/roles";
import { count } from "@/lib/text/words";

type Rules = Outputs["signOn"]["rules"];
type GroupRole = Rules["groups"][number];

const ROLE_CHOICES = USER_ROLES.map((value) => ({ value, label: USER_ROLE_NAMES[value] }));

/** Which group of the provider is which role here, and whether they let in who has not been named. */
export function SignOnRules({ rules, mayEdit }: { rules: Rules; mayEdit: true | string }) {
  if (mayEdit !== true) return <Told rules={rules} />;
  return <Rules rules={rules} />;
}

function Told({ rules: { groups, groupsClaim, provisions } }: { rules: Rules }) {
  return (
    <div className="flex flex-col gap-1 text-ink-2">
      <p>
        {groups.length === 0
          ? "Roles are given here: no group of the provider has one."
          : `${count(groups.length, "group has", "groups have")} a role here, as the claim “${groupsClaim}” says them.`}
      </p>
      <ul>
        {groups.map(({ group, role }) => (
          <li key={group} className="break-words">
            {group}: {USER_ROLE_NAMES[role]}
          </li>
        ))}
      </ul>
      <p>
        {provisions
          ? "Who comes in one of them is let in."
          : "Only who has been named here, and linked, is let in."}
      </p>
    </div>
  );
}

function Rules({ rules }: { rules: Rules }) {
  const edit = useWrite("editSignOn", { quiet: true, said: () => "Saved" });
  const form = useForm({
    start: { groupsClaim: rules.groupsClaim, groups: rules.groups, provisions: rules.provisions },
    edits: true,
    sent: ({ groupsClaim, groups, provisions }) => ({
      changes: {
        groupsClaim,
        provisions,
        groups: groups.map(({ group, role }) => ({ group: group.trim(), role })),
      },
    }),
    write: edit,
  });
  const { groups, provisions } = form.values;
  const put = (next: GroupRole[]) => form.set({ groups: next });
  return (
    <>
      <p className="mb-3 text-pretty text-ink-2">
        Where a group has a role here, people have the role that their groups say each time they come in: of
        several the first decides, and who is in none of them is not let in. Without any, roles are given in
        People.
      </p>
      <Form
        form={form}
        label="Roles by group"
        className="flex flex-col gap-3"
        foot={
          <div>
            <Button look="primary" type="submit" isPending={edit.isPending} isDisabled={!form.ready}>
              Save
            </Button>
          </div>
        }
      >
        <ul className="flex flex-col gap-2">
          {groups.map((one, place) => (
            <Row
              // biome-ignore lint/suspicious/noArrayIndexKey: a group is known by its place while it is being typed
              key={place}
              one={one}
              place={place}
              onChange={(next) => put(groups.map((other, at) => (at === place ? next : other)))}
              onRemove={() => put(groups.filter((_, at) => at !== place))}
            />
          ))}
        </ul>
        <div>
          <Button
            size="small"
            icon="plus"
            onPress={() => put([...groups, { group: "", role: "ae" as UserRole }])}
          >
            Add a group
          </Button>
        </div>
        <TextField
          label="Claim with the groups"
          className="max-w-72"
          note="What the provider calls them in what it says of a person."
          {...form.field("groupsClaim")}
        />
        <Checkbox isSelected={provisions} onChange={(on) => form.set({ provisions: on })}>
          Let in who comes in one of these groups, though nobody has named them here
        </Checkbox>
      </Form>
    </>
  );
}

function Row({
  one,
  place,
  onChange,
  onRemove,
}: {
  one: GroupRole;
  place: number;
  onChange(next: GroupRole): void;
  onRemove(): void;
}) {
  return (
    <li className="grid items-end gap-2 sm:grid-cols-[minmax(0,1fr)_14rem_2rem]">
      <TextField
        label={`Group ${place + 1}`}
        value={one.group}
        isRequired
        onChange={(group) => onChange({ ...one, group })}
      />
      <Select
        label={`Role of group ${place + 1}`}
        choices={ROLE_CHOICES}
        value={one.role}
        onChange={(role) => onChange({ ...one, role })}
      />
      <IconButton label={`Take group ${place + 1} away`} icon="close" onPress={onRemove} />
    </li>
  );
}
