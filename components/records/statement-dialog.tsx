"use client";

import { useState } from "react";
import { useTimeInWords } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { CopyLink } from "@/components/ui/copy-link";
import { Dialog } from "@/components/ui/dialog";
import { ProblemLine } from "@/components/ui/error-state";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { ANSWER_DAYS } from "@/lib/metrics/statement-answers";
import { statementPath } from "@/lib/text/addresses";

interface Partner {
  id: string;
  name: string;
  contacts: readonly { id: string; name: string; email: string | null }[];
}

/** Of the choice of who answers. */
const NOBODY = "nobody";

const DAYS = ["7", "14", "30", "90"] as const;

/** Makes a link to a partner's statement and shows it, this once: whoever opens the dialog passes it on. */
export function StatementDialog({ partner, onClose }: { partner: Partner; onClose(): void }) {
  const timeInWords = useTimeInWords();
  const [days, setDays] = useState<(typeof DAYS)[number]>("14");
  const [amounts, setAmounts] = useState(false);
  const [contact, setContact] = useState(NOBODY);
  const share = useWrite("shareStatement", { quiet: true, said: () => null });
  const made = share.data?.answer;
  const address = made && `${window.location.origin}${statementPath(made.token)}`;
  return (
    <Dialog
      title={`Share ${partner.name}'s statement`}
      width="narrow"
      isOpen
      onClose={onClose}
      actions={
        address ? (
          <>
            <CopyLink text={address} />
            <Button look="primary" onPress={onClose}>
              Done
            </Button>
          </>
        ) : (
          <Button
            look="primary"
            isPending={share.isPending}
            onPress={() =>
              share.mutate({
                ...{ partnerId: partner.id, days: Number(days), amounts },
                ...(contact !== NOBODY && { contactId: contact }),
              })
            }
          >
            Make the link
          </Button>
        )
      }
    >
      {share.error ? <ProblemLine error={share.error} /> : null}
      {made ? (
        <>
          <p className="tabular select-all break-all rounded-md border border-line bg-sunken px-4 py-3">
            {address}
          </p>
          <p className="mt-3 text-pretty text-ink-2">
            Send it to {partner.name}. It works until {timeInWords(made.expiresAt)} and is not shown again.
            Every opening is in the audit log, and you can end it before.
          </p>
        </>
      ) : (
        <div className="flex flex-col gap-4">
          <p className="text-pretty text-ink-2">
            It shows {partner.name} its own deals, roles, outcomes and why, as they stand when it is opened.
            Nothing of another partner, and no split of a credit.
          </p>
          <SegmentedControl
            label="Works for"
            value={days}
            onChange={setDays}
            choices={DAYS.map((value) => ({ value, label: `${value} days` }))}
          />
          <WhoAnswers partner={partner} value={contact} onChange={setContact} />
          <Checkbox isSelected={amounts} onChange={setAmounts}>
            Show the amounts of its deals
          </Checkbox>
        </div>
      )}
    </Dialog>
  );
}

/** The contact whose word it is: one with an address, to whom the link is sent. */
function WhoAnswers({
  partner,
  value,
  onChange,
}: {
  partner: Partner;
  value: string;
  onChange(contactId: string): void;
}) {
  const reachable = partner.contacts.filter(({ email }) => email !== null);
  return (
    <Select
      label="Confirms and contests by it"
      value={value}
      choices={[
        { value: NOBODY, label: "Nobody: it only shows" },
        ...reachable.map(({ id, name, email }) => ({ value: id, label: `${name}, ${email}` })),
      ]}
      onChange={onChange}
      note={
        reachable.length === 0
          ? "A contact with an address may answer: enter one on this page first."
          : `For ${ANSWER_DAYS} days. What they confirm has a second hand, but for what you recorded: your own link is your own hand.`
      }
    />
  );
}
