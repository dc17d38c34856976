import { RECORD_KINDS, type RecordKind } from '@castellan/connector-sdk';
import { notFound } from '../problems/problem.js';

export const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** An id from a path. What cannot be an id is as absent as an unknown one, and must not reach a query. */
export function readId(value: string, parameter: string, what: string): string {
  if (!UUID.test(value)) throw notFound(parameter, `${what} with this id`);
  return value.toLowerCase();
}

export function readKind(value: string): RecordKind {
  const kind = RECORD_KINDS.find((candidate) => candidate === value);
  if (kind === undefined) throw notFound('kind', `kind of record with this name. Kinds: ${RECORD_KINDS.join(', ')}`);
  return kind;
}
