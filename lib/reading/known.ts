import type { Day } from "@/lib/attribution/facts";
import type { MenuEntry } from "@/lib/attribution/menu";
import type { DealOutcome, Involvement } from "@/lib/attribution/vocabulary";

/** Somebody with a name, an address, or both. */
export interface Person {
  name: string;
  /** In small letters; null where only the name is known. */
  email: string | null;
}

export interface KnownPartner {
  id: string;
  name: string;
  contacts: readonly Person[];
}

export interface KnownAccount {
  id: string;
  name: string;
  domains: readonly string[];
}

export interface KnownDeal {
  id: string;
  accountId: string;
  /** What it is called beside its account; null for most. */
  name: string | null;
  createdOn: Day;
  closedOn: Day | null;
  outcome: DealOutcome;
  /** Who is on it by some fact. */
  partnerIds: readonly string[];
}

/** Whose days are meant, and up to which. */
export interface Clock {
  /** IANA (domain.md §9). */
  zone: string;
  /** Nothing has happened after it (§10). */
  today: Day;
}

/** What the company knows, and reading holds a file against. Nothing else is asked. */
export interface Known extends Clock {
  /** The company's own people. */
  own: readonly Person[];
  partners: readonly KnownPartner[];
  accounts: readonly KnownAccount[];
  deals: readonly KnownDeal[];
  menu: readonly MenuEntry[];
}

/** What a file says that a partner did, in the shape of an activity; nothing until a person says so (domain.md §8.2). */
export interface Proposal {
  /** Null where the account has several deals and the words name none: a person chooses. */
  dealId: string | null;
  accountId: string;
  partnerId: string;
  /** Who of the partner did it, as far as the file says. */
  contact: string | null;
  type: string;
  /** Null where neither the file nor its words name a day: a person says it. */
  occurredOn: Day | null;
  involvement: Involvement;
  /** The sentence, as it stands in the file. */
  quote: string;
}
