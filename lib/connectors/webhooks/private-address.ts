import { lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** Networks of the house itself and of its neighbours, which nobody outside reaches (RFC 6890 and its registries). */
const PRIVATE = new BlockList();
for (const [network, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  PRIVATE.addSubnet(network, bits, "ipv4");

/** Of version 6 only what is given out to the public, and of that nothing that carries an address of version 4. */
const PUBLIC_6 = new BlockList();
PUBLIC_6.addSubnet("2000::", 3, "ipv6");
const CARRIES_4 = new BlockList();
for (const [network, bits] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const)
  CARRIES_4.addSubnet(network, bits, "ipv6");

/** Whether an IP address is one that no webhook is posted to unless the setting allows it. */
export function isPrivate(address: string): boolean {
  if (isIP(address) === 4) return PRIVATE.check(address, "ipv4");
  const bare = address.split("%")[0]!;
  return !PUBLIC_6.check(bare, "ipv6") || CARRIES_4.check(bare, "ipv6");
}

/** What a host's name without its brackets is, where it is an address itself. */
export const addressIn = (hostname: string): string | null => {
  const bare = hostname.replace(/^\[|\]$/g, "");
  return isIP(bare) ? bare : null;
};

/** Said by the code of an error, where a name leads into a private network. */
export const PRIVATE_CODE = "EPRIVATE";

/**
 * Looks a name up as it is connected to, so that a name which leads elsewhere the second time leads nowhere: refused
 * if any of its addresses is private.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, "", 0);
    if (addresses.length === 0 || addresses.some(({ address }) => isPrivate(address)))
      return callback(Object.assign(new Error(`${hostname} is private`), { code: PRIVATE_CODE }), "", 0);
    if (options.all) return callback(null, addresses);
    callback(null, addresses[0]!.address, addresses[0]!.family);
  });
};
