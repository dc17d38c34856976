/** A connection that the guard refused. Never retried: the address does not get better. */
export class BlockedAddress extends Error {
  readonly code = 'CASTELLAN_BLOCKED_ADDRESS';
  constructor(
    readonly host: string,
    readonly address: string | undefined,
  ) {
    super(`${host} leads to ${address ?? 'an unknown address'}, which is not on the public Internet`);
    this.name = 'BlockedAddress';
  }
}
