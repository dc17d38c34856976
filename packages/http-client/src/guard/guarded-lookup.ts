import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { BlockedAddress } from './blocked-address.js';
import { isSpecialAddress } from './special-address.js';

/** Every address of a name. */
export type ResolveAll = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Resolves a name and refuses it when ANY of its addresses is special. Dropping only the bad ones would let whoever owns
 * the name choose by the mix which of them we try, and no provider on the Internet publishes a private address:
 * a mixed answer is an attack or a mistake, and both are worth saying out loud.
 */
export function guardedLookup(resolve: ResolveAll = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      const bad = addresses.find(({ address }) => isSpecialAddress(address));
      if (bad !== undefined) return callback(new BlockedAddress(hostname, bad.address), []);
      const [first] = addresses;
      if (first === undefined)
        return callback(Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' }), []);
      if (options.all === true) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
  };
}
