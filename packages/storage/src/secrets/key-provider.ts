import type { KeyRing } from './key-ring.js';
import type { MasterKey } from './master-key.js';

/** What a rotation has done to the keys themselves. */
export type KeyStep = 'key made' | 'old key kept' | 'new key in place' | 'old key filed';

/** Where the master keys come from: environment variables, files; later a KMS. */
export interface KeyProvider {
  keyRing(): Promise<KeyRing>;
  /** Makes a new primary key; the one in use becomes the previous. @throws SecretsError where only a person can do that. */
  renew(onStep: (step: KeyStep) => void): Promise<KeyRing>;
  /** Nothing of the database needs `old` any more. Says what a person should know or do about it. */
  putAway(old: MasterKey, onStep: (step: KeyStep) => void): Promise<string>;
}
