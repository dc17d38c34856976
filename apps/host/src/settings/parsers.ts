import { BlockList, isIP } from 'node:net';
import { parseAllowedHosts } from '@castellan/form-schema';
// Without all of the storage: settings are read before anything else is loaded.
import { parseKey } from '@castellan/storage/master-key';
import { mailAddress } from '../mail/mail-address.js';
import type { SmtpServer } from '../mail/mail-settings.js';
import { type Parse, WrongValue } from './variable.js';

/** Parsers of single values. What may be a secret is never repeated in a message. */

export const asText: Parse<string> = (text) => text;

export function wholeNumber(min: number, max: number): Parse<number> {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw new WrongValue(`must be a whole number from ${min} to ${max}, not "${text}"`);
  };
}

export function oneOf<T extends string>(names: readonly T[]): Parse<T> {
  return (text) => {
    const found = names.find((name) => name === text);
    if (found !== undefined) return found;
    throw new WrongValue(`must be one of ${names.join(', ')}, not "${text}"`);
  };
}

export function secretText(shortest: number): Parse<string> {
  return (text) => {
    if (text.length >= shortest) return text;
    throw new WrongValue(`must have at least ${shortest} characters (openssl rand -base64 24)`);
  };
}

export const masterKeyText: Parse<string> = (text) => {
  try {
    parseKey(text, 'It');
    return text;
  } catch {
    throw new WrongValue('must hold 32 bytes, as base64 or as 64 hexadecimal digits (openssl rand -base64 32)');
  }
};

export const databaseAddress: Parse<string> = (text) => {
  if (/^postgres(ql)?:\/\/./.test(text)) return text;
  throw new WrongValue('must look like postgresql://user:password@host:5432/database');
};

/** Also without a user, as Redis has it: `redis://:password@host`. */
export const redisAddress: Parse<string> = (text) => {
  const url = parseUrl(text);
  if (
    url !== undefined &&
    ['redis:', 'rediss:'].includes(url.protocol) &&
    url.hostname !== '' &&
    /^(\/\d{0,4})?$/.test(url.pathname)
  )
    return text;
  throw new WrongValue('must look like redis://host:6379/0 or rediss://user:password@host:6379');
};

export const hostList: Parse<readonly string[]> = (text) => {
  const hosts = parseAllowedHosts(text);
  const wrong = hosts.find((host) => !/^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i.test(host));
  if (wrong === undefined) return hosts;
  throw new WrongValue(`must list hosts like 127.0.0.1 or directory.example:8443, not "${wrong}"`);
};

export const listenAddress: Parse<string> = (text) => {
  if (isIP(text) !== 0) return text;
  throw new WrongValue(`must be an IP address of this machine, like 127.0.0.1 or 0.0.0.0, not "${text}"`);
};

/** The origin, as browsers write it. Plain http stays on this machine: a session that crosses a network must be sealed. */
export const publicOrigin: Parse<string> = (text) => {
  const url = parseUrl(text);
  if (url === undefined || `${url.origin}/` !== url.href || !isSafe(url))
    throw new WrongValue('must be an address like https://castellan.example.com, without a path (http only for this machine)');
  return url.origin;
};

/** As it was written: an issuer is compared letter by letter. */
export const issuerAddress: Parse<string> = (text) => {
  const url = parseUrl(text);
  if (url === undefined || !isSafe(url) || url.username !== '' || url.search !== '' || url.hash !== '')
    throw new WrongValue('must be the https address of an OpenID provider (http only for this machine)');
  return text;
};

export const proxyList: Parse<readonly string[]> = (text) => {
  const proxies = text.split(/[\s,]+/).filter((part) => part !== '');
  for (const proxy of proxies) {
    if (!isNetwork(proxy)) throw new WrongValue(`must list addresses or networks like 10.0.0.2, 10.1.0.0/16, not "${proxy}"`);
    // Everybody could say then from which address he comes.
    if (proxy.endsWith('/0')) throw new WrongValue(`must not trust the whole Internet ("${proxy}")`);
  }
  return proxies;
};

/** User and password only together, and in clear text to this machine alone: they would be everybody's on a network. */
export const smtpServer: Parse<SmtpServer> = (text) => {
  const url = parseUrl(text);
  const host = url?.hostname.replaceAll(/^\[|\]$/g, '') ?? '';
  const isBare = url !== undefined && ['', '/'].includes(url.pathname) && url.search === '' && url.hash === '';
  const isMail = isBare && ['smtp:', 'smtps:'].includes(url.protocol) && (isIP(host) !== 0 || /^[a-z0-9._-]+$/i.test(host));
  if (!isMail || (url.username === '') !== (url.password === ''))
    throw new WrongValue(
      'must look like smtp://mail.example.com:587 or smtps://user:password@mail.example.com (user and password percent-encoded)',
    );
  const secure = url.protocol === 'smtps:';
  const port = url.port === '' ? (secure ? 465 : 587) : Number(url.port);
  if (url.username === '') return { host, port, secure, requireTls: false };
  const credentials = { user: decoded(url.username), password: decoded(url.password) };
  return { host, port, secure, credentials, requireTls: !isLoopbackName(host) };
};

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new WrongValue('must have a user and a password that are percent-encoded: % as %25');
  }
}

export const senderAddress: Parse<string> = (text) => {
  const address = mailAddress(text);
  if (address !== undefined) return address;
  throw new WrongValue(`must be a plain address like castellan@example.com, not "${text}"`);
};

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function isSafe(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackName(url.hostname));
}

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}

export function isLoopbackName(host: string): boolean {
  return host === 'localhost' || isLoopbackAddress(host.replaceAll(/^\[|\]$/g, ''));
}

export function isLoopbackAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  const loopback = new BlockList();
  loopback.addSubnet('127.0.0.0', 8, 'ipv4');
  loopback.addAddress('::1', 'ipv6');
  return loopback.check(address, family === 4 ? 'ipv4' : 'ipv6');
}
