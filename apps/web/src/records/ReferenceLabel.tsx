import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { RecordKind } from './fields.js';
import { nameOf } from './kinds.js';
import { recordQuery } from './record-queries.js';
import styles from './records.module.css';

/** Rows that only pass by ask for nobody's name. */
const PASSING_MS = 250;

interface ReferenceLabelProps {
  readonly integration: string;
  /** `null`: of none that is collected. */
  readonly kind: RecordKind | null;
  readonly id: string;
}

/** The name of another record; its key until that is known, and where it was never read. */
export function ReferenceLabel({ integration, kind, id }: ReferenceLabelProps) {
  const [stays, setStays] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setStays(true), PASSING_MS);
    return () => clearTimeout(timer);
  }, []);
  const place = { integration, kind: kind ?? 'account', key: id } as const;
  const { data } = useQuery({ ...recordQuery(place), enabled: stays && kind !== null, staleTime: 300_000, retry: false });
  return data === undefined ? <span className={styles['code']}>{id}</span> : <span title={id}>{nameOf(data)}</span>;
}
