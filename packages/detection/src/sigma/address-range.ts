import ipaddr from 'ipaddr.js';

/** Whether an address lies in a range; whatever is no address does not. */
export type AddressRange = (text: string) => boolean;

/** @param cidr `10.0.0.0/8`, `2001:db8::/32`, or one address @returns `undefined`: it is no range */
export function addressRange(cidr: string): AddressRange | undefined {
  const range = readRange(cidr);
  if (range === undefined) return undefined;
  const [base, bits] = range;
  const kind = base.kind();
  return (text) => {
    if (text.length > LONGEST || !ipaddr.isValid(text)) return false;
    // `::ffff:10.0.0.1` is 10.0.0.1.
    const address = ipaddr.process(text);
    return address.kind() === kind && address.match(base, bits);
  };
}

/** An address with a zone has no more characters. */
const LONGEST = 64;

function readRange(cidr: string): [ipaddr.IPv4 | ipaddr.IPv6, number] | undefined {
  if (ipaddr.isValidCIDR(cidr)) return ipaddr.parseCIDR(cidr);
  if (!ipaddr.isValid(cidr)) return undefined;
  const address = ipaddr.process(cidr);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}
