"use client";

import { useQuery } from "@tanstack/react-query";
import { useWrite } from "@/components/shared/use-write";
import { Checkbox } from "@/components/ui/checkbox";
import { FIELD_LABEL, TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useForm } from "@/components/ui/use-form";
import { api, type Outputs } from "@/lib/api/client";
import { MOST_CLIENTS } from "@/lib/metrics/selling-play";

type Choice = Outputs["sellingPlays"]["choices"][number];

/** Starts a partner's selling play: one buyer, one problem, one script, one small outcome, and up to five clients. */
export function StartPlayDialog({
  partner,
  dealId,
  onClose,
}: {
  partner: { id: string; name: string };
  /** The deal on which it is silent: the client to start with. */
  dealId?: string;
  onClose(): void;
}) {
  const { data } = useQuery(api.sellingPlays.queryOptions({ input: { partnerId: partner.id } }));
  const form = useForm({
    start: { buyer: "", problem: "", script: "", outcome: "", clients: dealId ? [dealId] : ([] as string[]) },
    sent: ({ clients, ...said }) => {
      const told = Object.values(said).every((text) => text.trim() !== "");
      const chosen = clients.flatMap((key) => clientOf(data?.choices, key));
      return told && chosen.length > 0 ? { partnerId: partner.id, ...said, clients: chosen } : null;
    },
    write: useWrite("startPlay", {
      ...{ quiet: true, onDone: onClose },
      said: () => ({
        message: `${partner.name}'s play begins`,
        detail: "Its steps of three weeks are planned.",
      }),
      undo: (_, { answer }) => ({ verb: "withdrawPlay", input: { playId: answer.playId } }),
    }),
  });
  const { clients } = form.values;
  const toggle = (key: string) =>
    form.set({ clients: clients.includes(key) ? clients.filter((one) => one !== key) : [...clients, key] });
  return (
    <FormDialog
      form={form}
      title={`A first selling play with ${partner.name}`}
      save="Start"
      notes="Four weeks: the outreach, a joint discovery, a second try with a second client, and a decision."
      onClose={onClose}
    >
      <TextField
        label="One buyer profile"
        placeholder="Finance leads of food makers"
        autoFocus
        {...form.field("buyer")}
      />
      <TextField
        label="One problem of theirs"
        placeholder="Month-end takes two weeks"
        {...form.field("problem")}
      />
      <TextField label="One short introduction" lines={3} {...form.field("script")} />
      <TextField
        label="One outcome smaller than a deal"
        placeholder="A discovery call"
        {...form.field("outcome")}
      />
      <Clients choices={data?.choices} chosen={clients} onToggle={toggle} />
    </FormDialog>
  );
}

const keyOf = ({ dealId, accountId }: Choice) => dealId ?? accountId ?? "";

function clientOf(
  choices: readonly Choice[] | undefined,
  key: string,
): ({ dealId: string } | { accountId: string })[] {
  const found = choices?.find((one) => keyOf(one) === key);
  if (found?.accountId) return [{ accountId: found.accountId }];
  return [{ dealId: found?.dealId ?? key }];
}

/** In the order in which they are chosen: the first is the one to start with. */
function Clients({
  choices,
  chosen,
  onToggle,
}: {
  choices: readonly Choice[] | undefined;
  chosen: readonly string[];
  onToggle(key: string): void;
}) {
  if (!choices) return <SkeletonRows rows={3} label="Looking for clients" />;
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className={FIELD_LABEL}>
        Clients, up to {MOST_CLIENTS}; the first chosen is the one to start with
      </legend>
      {choices.length === 0 && (
        <p className="text-ink-3">
          It is on no open deal and in no account: name an account it is in, or log what it did on a deal.
        </p>
      )}
      <ul className="max-h-48 overflow-auto rounded-md border border-line px-2 py-1">
        {choices.map((one) => {
          const key = keyOf(one);
          const at = chosen.indexOf(key);
          return (
            <li key={key}>
              <Checkbox
                isSelected={at >= 0}
                isDisabled={at < 0 && chosen.length >= MOST_CLIENTS}
                onChange={() => onToggle(key)}
                className="min-h-8"
              >
                {one.name}
                <span className="text-ink-3 text-xs">
                  {at >= 0 && ` · ${at + 1}`}
                  {one.accountId ? " · account without an open deal" : ` · ${one.dealId}`}
                </span>
              </Checkbox>
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}
