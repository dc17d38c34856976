import { isIP } from 'node:net';
import type { Request } from 'express';

/**
 * The network address that a request came from, for limits and the audit log. What `X-Forwarded-For` says counts only when
 * a trusted proxy says it (`CASTELLAN_TRUSTED_PROXIES`), and only where it is an address.
 */
export function addressOf(request: Request): string {
  const peer = request.socket.remoteAddress ?? '';
  const told = request.ip ?? '';
  return plain(isIP(plain(told)) === 0 ? peer : told);
}

/** Limits count networks: who has one IPv6 address has the 2^64 beside it. */
export function networkOf(address: string): string {
  return isIP(address) === 6 ? `${groupsOf(address).slice(0, 4).join(':')}::/64` : address;
}

/** Without what only this machine understands (`%eth0`), and IPv4 as IPv4. */
function plain(address: string): string {
  return address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
}

/** The eight groups, written out. */
function groupsOf(address: string): readonly string[] {
  // An IPv4 tail stands for two groups; a network never needs them.
  const [head = '', tail] = address
    .toLowerCase()
    .replace(/:\d+\.\d+\.\d+\.\d+$/, ':0:0')
    .split('::');
  const split = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const left = split(head);
  const right = split(tail ?? '');
  const missing = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return [...left, ...missing, ...right].map((group) => Number.parseInt(group, 16).toString(16));
}
