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
    if (!isAddress(text)) return false;
    // `::ffff:10.0.0.1` is 10.0.0.1.
    const address = ipaddr.process(text);
    return address.kind() === kind && address.match(base, bits);
  };
}

/** An address with a zone has no more characters. */
const LONGEST = 64;

/** Whole ones: `10.1`, which programs of old take for 10.0.0.1, is a mistake in a list, and nothing that a log has. */
function isAddress(text: string): boolean {
  return text.length <= LONGEST && (ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text));
}

/** What all addresses of a range begin with, of how many bits that is, and of how many an address is. One address: all of it. */
export function rangeBits(
  text: string,
): { readonly width: 32 | 128; readonly length: number; readonly prefix: bigint } | undefined {
  const range = readRange(text);
  if (range === undefined) return undefined;
  const [base, length] = range;
  const bytes = base.toByteArray();
  const width = bytes.length === 4 ? 32 : 128;
  const whole = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return { width, length, prefix: whole >> BigInt(width - length) };
}

function readRange(cidr: string): [ipaddr.IPv4 | ipaddr.IPv6, number] | undefined {
  if (cidr.includes('/') && ipaddr.isValidCIDR(cidr) && isAddress(cidr.slice(0, cidr.indexOf('/'))))
    return ipaddr.parseCIDR(cidr);
  if (!isAddress(cidr)) return undefined;
  const address = ipaddr.process(cidr);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}
