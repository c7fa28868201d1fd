import type { Known, Person } from "./known";
import type { Names, Ref } from "./names";

/** Where everybody has a mailbox: such a domain tells of no company. */
const EVERYBODYS = new Set(
  "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com icloud.com me.com mac.com aol.com gmx.com gmx.de gmx.net web.de mail.com proton.me protonmail.com fastmail.com zoho.com qq.com 163.com yandex.com mail.ru".split(
    " ",
  ),
);
/** Second levels under which countries give domains. */
const UNDER = new Set("co com org net ac gov edu ltd plc".split(" "));

const domainOf = (email: string) => email.slice(email.lastIndexOf("@") + 1).toLowerCase();

/** `northgate` of `mail.northgate.co.uk`. */
function labelOf(domain: string): string {
  const labels = domain.split(".").slice(0, -1);
  if (labels.length > 1 && UNDER.has(labels[labels.length - 1]!)) labels.pop();
  return labels[labels.length - 1] ?? "";
}

/** Whose people an address belongs to. */
export class Addresses {
  readonly #people = new Map<string, Ref>();
  readonly #domains = new Map<string, Ref[]>();
  readonly #names: Names;

  constructor(known: Known, names: Names) {
    this.#names = names;
    for (const { email } of known.own) if (email) this.#learn(email, { kind: "own", id: "" });
    for (const { id, domains } of known.accounts)
      for (const domain of domains) this.#of(domain, { kind: "account", id });
    for (const { id, contacts } of known.partners)
      for (const { name, email } of contacts)
        if (email) this.#learn(email, { kind: "partner", id, contact: name });
  }

  /** Whom somebody belongs to: by the address, by its domain, else by the name they go by. */
  of(person: Person): readonly Ref[] {
    const { name, email } = person;
    const known = email && this.#people.get(email.toLowerCase());
    if (known) return [known];
    const byName = this.#names.in(name).flatMap(({ refs }) => refs.filter(({ weak }) => !weak));
    const domain = email ? domainOf(email) : "";
    const byDomain = email && !EVERYBODYS.has(domain) ? this.#byDomain(domain) : [];
    if (byDomain.length === 0) return byName;
    const both = byName.filter((one) => byDomain.some(({ kind, id }) => kind === one.kind && id === one.id));
    if (both.length > 0) return both;
    const contact = byDomain[0]?.kind === "partner" && name ? { contact: name } : {};
    return byDomain.map((ref) => ({ ...ref, ...contact }));
  }

  #byDomain(domain: string): readonly Ref[] {
    for (let at = domain; at.includes("."); at = at.slice(at.indexOf(".") + 1)) {
      const found = this.#domains.get(at);
      if (found) return found;
    }
    return this.#names.squashed(labelOf(domain));
  }

  #learn(email: string, ref: Ref): void {
    const address = email.toLowerCase();
    this.#people.set(address, ref);
    const domain = domainOf(address);
    if (!EVERYBODYS.has(domain)) this.#of(domain, { kind: ref.kind, id: ref.id });
  }

  #of(domain: string, ref: Ref): void {
    const known = this.#domains.get(domain) ?? [];
    if (!known.some((one) => one.kind === ref.kind && one.id === ref.id))
      this.#domains.set(domain, [...known, ref]);
  }
}
