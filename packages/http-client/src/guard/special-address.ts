import { BlockList, isIP } from 'node:net';

/** Blocks of the IANA special-purpose registry, and the one metadata service that hides behind a public-looking address. */
const SPECIAL_IPV4: readonly (readonly [network: string, prefix: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/**
 * Inside `2000::/3`: IETF protocols (Teredo, ORCHID, benchmarking), documentation, 6to4, documentation again.
 * Outside of it nothing is global unicast: loopback, mapped, NAT64, unique-local, link-local and multicast all fall there.
 */
const SPECIAL_IPV6: readonly (readonly [network: string, prefix: number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const special = new BlockList();
for (const [network, prefix] of SPECIAL_IPV4) special.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of SPECIAL_IPV6) special.addSubnet(network, prefix, 'ipv6');

const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

/** Whether an address belongs to anything but the public Internet. What cannot be judged counts as special. */
export function isSpecialAddress(address: string | undefined): boolean {
  if (address === undefined) return true;
  const family = isIP(address);
  if (family === 4) return special.check(address, 'ipv4');
  // A zone (`fe80::1%eth0`) exists for link-local addresses only, and BlockList cannot read it.
  if (family !== 6 || address.includes('%')) return true;
  return !globalUnicast.check(address, 'ipv6') || special.check(address, 'ipv6');
}
