import type { MasterKey } from './master-key.js';

/** The keys of this process: it seals with the primary one, and opens with whichever a row names. */
export class KeyRing {
  constructor(
    readonly primary: MasterKey,
    /** The one before, while a rotation is not finished. */
    readonly previous?: MasterKey,
  ) {}

  find(keyId: string): MasterKey | undefined {
    return [this.primary, this.previous].find((key) => key?.id === keyId);
  }
}
