"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { AccountName, PartnerName } from "@/components/shared/names";
import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { ErrorState } from "@/components/ui/error-state";
import { DateField, TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useForm } from "@/components/ui/use-form";
import { api, type Outputs } from "@/lib/api/client";
import { REGISTRATION_STATUS_LABELS } from "@/lib/attribution/words";
import { formatMoney } from "@/lib/money";
import { dayInWords } from "@/lib/text/days";
import { count } from "@/lib/text/words";

type Answer = Outputs["registration"];

const CHOICES = [
  { value: "approved", label: "Approve" },
  { value: "rejected", label: "Reject" },
] as const;

/** Approves or rejects one, with what it collides with beside it. */
export function DecideDialog({ registrationId, onClose }: { registrationId: string; onClose(): void }) {
  const me = useMe();
  const { data, error, refetch } = useQuery(api.registration.queryOptions({ input: { registrationId } }));
  const [status, setStatus] = useState<"approved" | "rejected">("approved");
  const may = data?.registration.may.decide ?? true;
  const form = useForm({
    start: { reason: "", protectedUntil: "" },
    sent: ({ reason, protectedUntil }) => {
      if (may !== true || (status === "rejected" && !reason.trim())) return null;
      return {
        registrationId,
        status,
        reason: reason.trim() || null,
        ...(status === "approved" && protectedUntil && { protectedUntil }),
      };
    },
    write: useWrite("decideRegistration", {
      quiet: true,
      said: (_, sent) => `Registration ${sent.status}`,
      onDone: onClose,
    }),
  });
  return (
    <FormDialog
      form={form}
      title={
        data
          ? `${data.registration.partner.name} registers ${data.registration.account?.name ?? "a deal"}`
          : "Registration"
      }
      save={status === "approved" ? "Approve" : "Reject"}
      width="wide"
      onClose={onClose}
    >
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {!data && !error && <SkeletonRows rows={4} label="Loading the registration" />}
      {data && <Collisions answer={data} />}
      {typeof may === "string" && <p className="rounded-md bg-warn-soft px-3 py-2 text-warn">{may}.</p>}
      <SegmentedControl label="Decision" choices={CHOICES} value={status} onChange={setStatus} />
      <TextField
        label={status === "rejected" ? "Reason, which the partner will ask for" : "Reason"}
        lines={2}
        isRequired={status === "rejected"}
        {...form.field("reason")}
      />
      {status === "approved" && (
        <DateField
          label="Protected until"
          min={me?.today}
          className="max-w-56"
          note={me && `Empty: ${count(me.registrationProtectionDays, "day")}, as the company's settings say.`}
          {...form.field("protectedUntil")}
        />
      )}
    </FormDialog>
  );
}

/** The registration and, beside it, what is of the same account or domain. */
function Collisions({ answer: { registration, deals, registrations } }: { answer: Answer }) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <section aria-label="The registration" className="rounded-md border border-line p-3">
        <p className="eyebrow">The registration</p>
        <p className="mt-1 font-medium">
          <PartnerName partner={registration.partner} />
        </p>
        <p className="text-ink-2">{registration.account && <AccountName account={registration.account} />}</p>
        <p className="text-ink-3 text-xs">
          submitted {dayInWords(registration.submittedOn)}
          {registration.recordedBy && `, recorded by ${registration.recordedBy}`}
          {registration.domain && ` · ${registration.domain}`}
        </p>
      </section>
      <section aria-label="Collides with" className="rounded-md border border-line p-3">
        <p className="eyebrow">Of the same account or domain</p>
        {deals.length + registrations.length === 0 && <p className="mt-1 text-ink-2">Nothing collides.</p>}
        <ul className="flex flex-col gap-2 pt-1">
          {deals.map((deal) => (
            <li key={deal.id}>
              <span className="font-medium">{deal.account ?? deal.id}</span>, open deal at stage {deal.stage}
              <span className="block text-ink-3 text-xs">
                {formatMoney(deal.amount, deal.currency)} · {deal.owner} · created{" "}
                {dayInWords(deal.createdOn)}
                {deal.partners.length > 0 &&
                  ` · with ${[...new Set(deal.partners.map(({ name }) => name))].join(", ")}`}
              </span>
            </li>
          ))}
          {registrations.map((other) => (
            <li key={other.id}>
              <PartnerName partner={other.partner} className="font-medium" />,{" "}
              {REGISTRATION_STATUS_LABELS[other.status].toLowerCase()} registration
              <span className="block text-ink-3 text-xs">
                {other.account?.name} · submitted {dayInWords(other.submittedOn)}
                {other.protectedUntil && ` · protected until ${dayInWords(other.protectedUntil)}`}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
