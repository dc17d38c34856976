import { PATH_STEPS } from '@castellan/api';
import type { Json, JsonObject } from '@castellan/connector-sdk';
import type { SaidStep } from '../attack-paths/step-words.js';

/** A step of a way to tier zero, as checks write it: `{step, from, to, because}`, its ends with a label; `undefined`: something else. */
export function stepIn({ step, from, to, because }: JsonObject): SaidStep | undefined {
  const kind = PATH_STEPS.find((candidate) => candidate === step);
  const start = labelled(from);
  const end = labelled(to);
  if (kind === undefined || start === undefined || end === undefined) return undefined;
  return { kind, from: start, to: end, over: null, because: typeof because === 'string' ? because : null };
}

function labelled(value: Json | undefined): { readonly label: string } | undefined {
  if (typeof value !== 'object' || value === null || !('label' in value)) return undefined;
  const { label } = value;
  return typeof label === 'string' ? { label } : undefined;
}
