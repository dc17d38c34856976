import { UpstreamError } from '@castellan/connector-sdk';

/** @param what that cannot be read to its end: `users`. */
export function endless(what: string, problem: string): UpstreamError {
  return new UpstreamError({ message: `Okta's answer for ${what} could not be read to its end: ${problem}.` });
}
