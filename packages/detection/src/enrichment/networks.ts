import { type AddressRange, addressRange } from '../sigma/address-range.js';

/** Addresses of which something is known: a workspace's own, or those in a list of threats. */
export interface Networks {
  /** Names of the lists that an address is in. */
  listsOf(address: string): readonly string[];
  readonly isEmpty: boolean;
}

export interface NetworkList {
  readonly name: string;
  /** Addresses and ranges, as they stand in the file. */
  readonly entries: readonly string[];
}

/** Lines of a file: an address or a range each; what stands behind `#` or `;` is a remark. */
export function readNetworkList(
  name: string,
  text: string,
): { readonly list: NetworkList; readonly odd: readonly { readonly line: number; readonly text: string }[] } {
  const entries: string[] = [];
  const odd: { readonly line: number; readonly text: string }[] = [];
  for (const [n, line] of text.split(/\r?\n/).entries()) {
    const entry = (line.split(/[#;]/)[0] ?? '').trim().split(/[\s,]/)[0] ?? '';
    if (entry === '') continue;
    if (addressRange(entry) === undefined) odd.push({ line: n + 1, text: entry.slice(0, 80) });
    else entries.push(entry);
  }
  return { list: { name, entries }, odd };
}

const NO_LISTS: readonly string[] = [];
const MOST_KNOWN = 20_000;

/** Single addresses are looked up; ranges are held against an address one after the other. */
export function networksOf(lists: readonly NetworkList[]): Networks {
  const single = new Map<string, string[]>();
  const ranges: { readonly name: string; readonly holds: AddressRange }[] = [];
  for (const { name, entries } of lists)
    for (const entry of entries) {
      if (!entry.includes('/')) single.set(entry.toLowerCase(), [...(single.get(entry.toLowerCase()) ?? []), name]);
      const holds = entry.includes('/') ? addressRange(entry) : undefined;
      if (holds !== undefined) ranges.push({ name, holds });
    }
  const isEmpty = single.size === 0 && ranges.length === 0;
  if (isEmpty) return { isEmpty, listsOf: () => NO_LISTS };
  // Most events come from few addresses.
  const known = new Map<string, readonly string[]>();
  return {
    isEmpty,
    listsOf: (address) => {
      const before = known.get(address);
      if (before !== undefined) return before;
      const found = new Set(single.get(address.toLowerCase()));
      for (const { name, holds } of ranges) if (!found.has(name) && holds(address)) found.add(name);
      const names = [...found];
      if (known.size >= MOST_KNOWN) known.clear();
      known.set(address, names);
      return names;
    },
  };
}

const PRIVATE = networksOf([
  {
    name: 'private',
    entries: [
      '10.0.0.0/8',
      '172.16.0.0/12',
      '192.168.0.0/16',
      '127.0.0.0/8',
      '169.254.0.0/16',
      'fc00::/7',
      'fe80::/10',
      '::1/128',
    ],
  },
]);

export function isPrivate(address: string): boolean {
  return PRIVATE.listsOf(address).length > 0;
}
