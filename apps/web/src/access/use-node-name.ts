import type { AccessNodeRef } from '@castellan/api';
import { useQuery } from '@tanstack/react-query';
import { nameOf } from '../records/kinds.js';
import { recordQuery } from '../records/record-queries.js';
import { NODE_LOOKS } from './node-looks.js';

/** What people call it; its key until that is known, and where nobody knows. */
export function useNodeName(integration: string, { kind, key }: AccessNodeRef): string {
  const { data } = useQuery(recordQuery({ integration, key, kind: NODE_LOOKS[kind].record }));
  return data === undefined ? key : nameOf(data);
}
