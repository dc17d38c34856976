import type { RecordDetail } from '@castellan/api';
import { Anchor, Code } from '@mantine/core';
import { partyText } from './ActivityText.js';
import { FieldValue, referredKind } from './FieldValue.js';
import { type Field, type RecordKind, ROW_TIMES } from './fields.js';
import { kindOf, valueOf } from './kinds.js';
import type { RecordPlace } from './record-queries.js';
import { ReferenceLabel } from './ReferenceLabel.js';
import styles from './records.module.css';

interface RecordProfileProps {
  readonly place: RecordPlace;
  readonly record: RecordDetail;
  readonly onOpen: (place: RecordPlace) => void;
}

/** Every field in words, also those of which nothing is said. */
export function RecordProfile({ place, record, onOpen }: RecordProfileProps) {
  const times = Object.entries(ROW_TIMES).filter(([name]) => name !== 'removedAt' || record.removedAt !== null);
  return (
    <dl className={styles['profile']}>
      {[...Object.entries(kindOf(record.kind).fields), ...times].map(([name, field]) => (
        <Line key={name} title={field.title}>
          <Full place={place} record={record} name={name} field={field} onOpen={onOpen} />
        </Line>
      ))}
      <Line title="Key">
        <span className={styles['code']}>{record.key}</span>
      </Line>
    </dl>
  );
}

function Line({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </>
  );
}

interface FullProps extends RecordProfileProps {
  readonly name: string;
  readonly field: Field;
}

/** A value in full, where a table has room for a part of it; references lead to what they name. */
function Full({ place, record, name, field: { look }, onOpen }: FullProps) {
  const value = valueOf(record, name);
  const isNone = value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  if (isNone) return <span className={styles['unsaid']}>{Array.isArray(value) ? 'none' : 'not said'}</span>;
  const link = (kind: RecordKind | null, key: string) => (
    <Reference key={key} place={place} kind={kind} id={key} onOpen={onOpen} />
  );
  if (look.as === 'reference') return link(referredKind(record, look), String(value));
  if (look.as === 'references' && Array.isArray(value))
    return <Lines items={value.map((one) => link(look.kind, String(one)))} />;
  if (look.as === 'list' && Array.isArray(value)) return <Lines items={value.map(String)} />;
  if (look.as === 'parties' && Array.isArray(value)) return <Lines items={value.map(partyText)} />;
  if (look.as === 'json') return <Code block>{JSON.stringify(value, null, 2)}</Code>;
  return <FieldValue record={record} integration={place.integration} field={name} look={look} />;
}

function Lines({ items }: { readonly items: readonly React.ReactNode[] }) {
  return (
    <>
      {items.map((item, index) => (
        // The list never changes while it is shown.
        <div key={index}>{item}</div>
      ))}
    </>
  );
}

interface ReferenceProps {
  readonly place: RecordPlace;
  readonly kind: RecordKind | null;
  readonly id: string;
  readonly onOpen: (place: RecordPlace) => void;
}

function Reference({ place: { integration }, kind, id, onOpen }: ReferenceProps) {
  const label = <ReferenceLabel integration={integration} kind={kind} id={id} />;
  if (kind === null) return label;
  return (
    <Anchor component="button" type="button" size="sm" onClick={() => onOpen({ integration, kind, key: id })}>
      {label}
    </Anchor>
  );
}
