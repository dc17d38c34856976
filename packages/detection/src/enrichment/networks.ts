import { addressRange, rangeBits } from '../sigma/address-range.js';

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

/** Looked up by each length of prefix that there is: a list may have a hundred thousand ranges. */
export function networksOf(lists: readonly NetworkList[]): Networks {
  const byLength = new Map<string, Map<bigint, Set<string>>>();
  for (const { name, entries } of lists)
    for (const entry of entries) {
      const range = rangeBits(entry);
      if (range === undefined) continue;
      const length = `${range.width}/${range.length}`;
      const byPrefix = byLength.get(length) ?? new Map<bigint, Set<string>>();
      byLength.set(length, byPrefix);
      byPrefix.set(range.prefix, (byPrefix.get(range.prefix) ?? new Set()).add(name));
    }
  const isEmpty = byLength.size === 0;
  if (isEmpty) return { isEmpty, listsOf: () => NO_LISTS };
  // Most events come from few addresses.
  const known = new Map<string, readonly string[]>();
  return {
    isEmpty,
    listsOf: (address) => {
      const before = known.get(address);
      if (before !== undefined) return before;
      const names = listsBy(byLength, address);
      if (known.size >= MOST_KNOWN) known.clear();
      known.set(address, names);
      return names;
    },
  };
}

function listsBy(byLength: ReadonlyMap<string, ReadonlyMap<bigint, ReadonlySet<string>>>, address: string): readonly string[] {
  const whole = rangeBits(address);
  if (whole === undefined || address.includes('/')) return NO_LISTS;
  const found = new Set<string>();
  for (const [length, byPrefix] of byLength) {
    const [width, bits] = length.split('/').map(Number);
    if (width !== whole.width || bits === undefined) continue;
    for (const name of byPrefix.get(whole.prefix >> BigInt(width - bits)) ?? []) found.add(name);
  }
  return [...found];
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
