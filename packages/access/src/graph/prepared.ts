import type { Statement } from '@castellan/storage';
import { hash } from 'node:crypto';

/**
 * A statement that each connection plans once: planning what goes through several tables takes longer than answering it. Only
 * for texts of which there are few; what people type must be in parameters.
 */
export function prepared(text: string): Statement {
  return { name: `access_${hash('sha256', text).slice(0, 24)}`, text };
}
