import Link from "next/link";
import { classNames } from "@/components/ui/class-names";
import { Tooltip } from "@/components/ui/tooltip";

interface Named {
  id: string;
  name: string;
}

interface NamedPartner extends Named {
  /** What the record was called that a closed deal goes on naming. */
  recordedAs?: string;
}

const NAME = "rounded-sm hover:text-accent-ink hover:underline";

/** A partner's name, wherever it stands: the way to its page. */
export function PartnerName({ partner, className }: { partner: NamedPartner; className?: string }) {
  const link = (
    <Link href={`/partners/${encodeURIComponent(partner.id)}`} className={classNames(NAME, className)}>
      {partner.name}
    </Link>
  );
  return partner.recordedAs ? <Tooltip text={`Recorded as ${partner.recordedAs}`}>{link}</Tooltip> : link;
}

/** An account's name, likewise. */
export function AccountName({ account, className }: { account: Named; className?: string }) {
  return (
    <Link href={`/accounts/${encodeURIComponent(account.id)}`} className={classNames(NAME, className)}>
      {account.name}
    </Link>
  );
}

/** Several partners in a row, each a link. */
export function PartnerNames({ partners }: { partners: readonly Named[] }) {
  if (partners.length === 0) return <span className="text-ink-3">nobody</span>;
  return (
    <>
      {partners.map((partner, at) => (
        <span key={partner.id}>
          {at > 0 && ", "}
          <PartnerName partner={partner} />
        </span>
      ))}
    </>
  );
}
