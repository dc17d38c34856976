import type { DataOf } from './fields.js';
import styles from './records.module.css';

type Party = NonNullable<DataOf<'activity'>['actor']>;
type Client = NonNullable<DataOf<'activity'>['client']>;

/** Who it was, by name as far as that is known. */
export function partyText(party: unknown): string {
  const { displayName, login, id } = party as Party; // as the vocabulary has it
  return displayName ?? login ?? id ?? 'unknown';
}

export function PartyText({ party }: { readonly party: unknown }) {
  const { login, type } = party as Party; // as above
  return <span title={[login, type].filter((part) => part !== null).join(' · ')}>{partyText(party)}</span>;
}

export function ActivityClientText({ client }: { readonly client: unknown }) {
  const { ip, city, country, userAgent } = client as Client; // as above
  const place = [city, country].filter((part) => part !== null).join(', ');
  return (
    <span title={userAgent ?? undefined}>
      {ip !== null && <span className={styles['code']}>{ip}</span>} {place}
    </span>
  );
}
