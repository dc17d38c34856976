import type { PlaybookRecord } from '@castellan/api';
import { Touched } from '../actions/Touched.js';

interface RecordLinkProps {
  readonly integration: string;
  readonly record: PlaybookRecord;
}

/** What a step is about, and the way to its page. */
export function RecordLink({ integration, record: { kind, key, name } }: RecordLinkProps) {
  return <Touched integration={integration} subject={{ kind, key, label: name }} />;
}
