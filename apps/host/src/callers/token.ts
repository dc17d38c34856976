import { createHash, randomBytes } from 'node:crypto';

/** 256 bits: not to be guessed, so a plain hash of it is enough. */
const BYTES = 32;

export interface NewToken {
  /** Shown once, to whoever it is for. */
  readonly token: string;
  /** What is stored. */
  readonly hash: Buffer;
}

/** @param prefix tells a token that turns up in a log or a repository for what it is */
export function newToken(prefix: string): NewToken {
  const token = `${prefix}${randomBytes(BYTES).toString('base64url')}`;
  return { token, hash: hashOf(token) };
}

export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}
