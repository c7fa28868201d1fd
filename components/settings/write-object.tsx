import { TextField } from "@/components/ui/field";
import type { WriteObject } from "@/lib/interchange/connection";

/** The object that is written to in the deal's place, where the company wants one. */
export function WriteObjectFields({
  named,
  isDisabled,
  onChange,
}: {
  named: WriteObject | null;
  isDisabled: boolean;
  onChange(named: WriteObject | null): void;
}) {
  const { name = "", key = "", deal = null } = named ?? {};
  const put = (changed: Partial<WriteObject>) => {
    const next = { name, key, deal, ...changed };
    onChange(next.name === "" && next.key === "" && !next.deal ? null : next);
  };
  return (
    <>
      <TextField
        label="Written to: object"
        note="Its API name, as Countersign_Result__c. Empty is the opportunity itself."
        value={name}
        isDisabled={isDisabled}
        onChange={(text) => put({ name: text.trim() })}
      />
      {named && (
        <>
          <TextField
            label="Its external id"
            note="A text field that holds the opportunity’s id, unique."
            value={key}
            isDisabled={isDisabled}
            onChange={(text) => put({ key: text.trim() })}
          />
          <TextField
            label="Its lookup to the opportunity"
            note="Empty where it has none."
            value={deal ?? ""}
            isDisabled={isDisabled}
            onChange={(text) => put({ deal: text.trim() || null })}
          />
        </>
      )}
    </>
  );
}
