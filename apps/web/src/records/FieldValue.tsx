import { Ago } from '../states/Ago.js';
import { ActivityClientText, PartyText } from './ActivityText.js';
import type { Look, RecordKind } from './fields.js';
import { type Named, valueOf } from './kinds.js';
import { ReferenceLabel } from './ReferenceLabel.js';
import styles from './records.module.css';
import { colorOf, wordOf } from './words.js';

interface FieldValueProps {
  readonly record: Named;
  /** Of the integration that it is of: references lead to others there. */
  readonly integration: string;
  readonly field: string;
  readonly look: Look;
}

/** One value in words; nothing where the provider has said nothing. */
export function FieldValue({ record, integration, field, look }: FieldValueProps) {
  const value = valueOf(record, field);
  if (value === null || value === undefined || value === '') return null;
  switch (look.as) {
    case 'word':
      return <Word value={String(value)} />;
    case 'code':
      return <span className={styles['code']}>{String(value)}</span>;
    case 'instant':
      return <Ago at={String(value)} />;
    case 'flag':
      return value === true ? 'Yes' : 'No';
    case 'number':
      return Number(value).toLocaleString('en');
    case 'list':
      return texts(value).join(', ');
    case 'reference':
      return <ReferenceLabel integration={integration} kind={referredKind(record, look)} id={String(value)} />;
    case 'references':
      return <References integration={integration} kind={look.kind} ids={texts(value)} />;
    case 'party':
      return <PartyText party={value} />;
    case 'parties':
      return Array.isArray(value) ? <Parties parties={value} /> : null;
    case 'client':
      return <ActivityClientText client={value} />;
    case 'json':
      return <span className={styles['code']}>{JSON.stringify(value)}</span>;
    default:
      return String(value);
  }
}

/** A dot of a colour that helps those who see it, and the word for everybody. */
export function Word({ value }: { readonly value: string }) {
  const color = colorOf(value);
  return (
    <span className={styles['word']}>
      {color !== undefined && <i className={styles['dot']} data-color={color} aria-hidden />}
      {wordOf(value)}
    </span>
  );
}

function References({ integration, kind, ids }: { integration: string; kind: RecordKind; ids: readonly string[] }) {
  const [first] = ids;
  if (first === undefined) return null;
  return (
    <>
      <ReferenceLabel integration={integration} kind={kind} id={first} />
      {ids.length > 1 && <span className={styles['more']}> and {ids.length - 1} more</span>}
    </>
  );
}

function Parties({ parties }: { readonly parties: readonly unknown[] }) {
  if (parties.length === 0) return null;
  return (
    <>
      <PartyText party={parties[0]} />
      {parties.length > 1 && <span className={styles['more']}> and {parties.length - 1} more</span>}
    </>
  );
}

/** Of what kind the other record is; `null`: of none that is collected. */
export function referredKind(record: Named, look: Extract<Look, { as: 'reference' }>): RecordKind | null {
  if (typeof look.kind === 'string') return look.kind;
  const said = valueOf(record, look.kind.field);
  return said === 'account' || said === 'group' || said === 'application' ? said : null;
}

/** What the definition says is a list of texts is one. */
function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
