import type { Permission } from '@castellan/api';
import type { Caller } from './caller.js';

/** A change that a caller asked for and may not make. */
export interface DeniedChange {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** What the caller lacks. */
  readonly permission: Permission;
}

/** Takes note of it. Never throws: the answer is the same whether it could be written down or not. */
export interface Denials {
  note(caller: Caller, change: DeniedChange): Promise<void>;
}
export const DENIALS = Symbol('Denials');
