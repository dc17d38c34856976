/** All addresses from one to another, as numbers. */
export interface AddressRange {
  readonly version: 4 | 6;
  readonly from: bigint;
  readonly to: bigint;
}

/** Of an address. */
export const BITS = { 4: 32, 6: 128 } as const;

/** An address, `203.0.113.0/24` or `203.0.113.7-203.0.113.9`; `undefined`: none of these. */
export function rangeOf(text: string): AddressRange | undefined {
  const [first = '', last, ...others] = text.trim().split('-');
  if (others.length > 0) return undefined;
  if (last === undefined) return blockOf(first);
  const [from, to] = [addressOf(first), addressOf(last)];
  if (from === undefined || to === undefined || from.version !== to.version || from.value > to.value) return undefined;
  return { version: from.version, from: from.value, to: to.value };
}

export const covers = (wide: AddressRange, narrow: AddressRange): boolean =>
  wide.version === narrow.version && wide.from <= narrow.from && wide.to >= narrow.to;

function blockOf(text: string): AddressRange | undefined {
  const [host = '', size, ...others] = text.split('/');
  const address = addressOf(host);
  if (address === undefined || others.length > 0) return undefined;
  const { version, value } = address;
  if (size === undefined) return { version, from: value, to: value };
  if (!/^\d{1,3}$/.test(size) || Number(size) > BITS[version]) return undefined;
  const below = BigInt(BITS[version] - Number(size));
  const from = (value >> below) << below;
  return { version, from, to: from + (1n << below) - 1n };
}

function addressOf(host: string): { readonly version: 4 | 6; readonly value: bigint } | undefined {
  const version = versionOf(host);
  if (version === undefined) return undefined;
  const [parts, base] = version === 4 ? [host.split('.'), 256n] : [groupsOf(host).map((group) => `0x${group}`), 65_536n];
  return { version, value: parts.reduce((sum, part) => sum * base + BigInt(part), 0n) };
}

/** As people write it: `203.0.113.7` for one, `203.0.113.0/24` for a block of that size. */
export function textOf({ version, from, to }: AddressRange): string {
  const count = to - from + 1n;
  const size = BITS[version] - (count.toString(2).length - 1);
  return size === BITS[version] ? addressText(version, from) : `${addressText(version, from)}/${size}`;
}

function addressText(version: 4 | 6, value: bigint): string {
  const [parts, bits, radix] = version === 4 ? [4, 8n, 10] : [8, 16n, 16];
  const texts = Array.from({ length: parts }, (_, n) => BigInt.asUintN(Number(bits), value >> (bits * BigInt(parts - 1 - n))));
  const text = texts.map((part) => part.toString(radix)).join(version === 4 ? '.' : ':');
  return version === 4 ? text : new URL(`http://[${text}]`).hostname.slice(1, -1);
}

/** As the platform reads an address in a URL; nothing is asked for. */
export function versionOf(host: string): 4 | 6 | undefined {
  // With a zero before it some read a number as octal.
  if (/^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/.test(host))
    return host.split('.').every((part) => Number(part) < 256) ? 4 : undefined;
  return /^[\da-f:.]+$/i.test(host) && host.includes(':') && URL.canParse(`http://[${host}]`) ? 6 : undefined;
}

/** All eight; the platform writes the address in one way. */
function groupsOf(host: string): readonly string[] {
  const [left = '', right = ''] = new URL(`http://[${host}]`).hostname.slice(1, -1).split('::');
  const [before, after] = [left, right].map((half) => half.split(':').filter((group) => group !== ''));
  const known = [...(before ?? []), ...(after ?? [])];
  const zeros = Array.from({ length: 8 - known.length }, () => '0');
  return [...(before ?? []), ...zeros, ...(after ?? [])];
}
