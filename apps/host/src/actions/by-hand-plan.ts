import type { ActionInfo, ComparablePlan, JsonObject } from '@castellan/connector-sdk';
import { validateConfig } from '@castellan/form-schema';
import { Problem } from '../problems/problem.js';
import { keyFieldOf } from './possible-actions.js';

/** For a list; a key may be long. */
const LONGEST_NAME = 200;

/** @throws Problem with the fields that the form of the action does not take */
export async function requireInput({ input: form }: ActionInfo, input: JsonObject): Promise<void> {
  const validated = await validateConfig(form, input);
  if (validated.ok) return;
  const errors = validated.issues.map(({ field, message }) => ({ field: `input.${field}`, message }));
  throw new Problem({ code: 'action-refused', detail: errors[0]?.message ?? 'The input is not valid.', errors });
}

/** Of what nobody can look at: whom it was done to stands in the input only. */
export function planUnseen({ subject: kind, title }: ActionInfo, input: JsonObject): ComparablePlan {
  const texts = Object.values(input).filter((value) => typeof value === 'string');
  const own = input[keyFieldOf(kind)];
  const key = typeof own === 'string' ? own : texts.join('|');
  return {
    state: 'unseen',
    calls: [],
    touches: [{ kind, key, name: key.slice(0, LONGEST_NAME) }],
    consequences: [],
    outcome: `${title}: done by hand.`,
    stale: [],
    undo: null,
    fingerprint: 'by hand',
  };
}
