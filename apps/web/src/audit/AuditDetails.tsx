import type { AuditEntryView } from '@castellan/api';
import { Anchor, Code, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { exactTime } from '../states/time-words.js';
import { auditChanges } from './audit-changes.js';
import { actorWords } from './audit-words.js';
import styles from './audit.module.css';

/** What the sentence leaves out. */
export function AuditDetails({ entry }: { readonly entry: AuditEntryView }) {
  const { at, action, actor, address, target, seq, before, after } = entry;
  const changes = auditChanges(before, after);
  return (
    <Stack gap="xs" className={styles['details']}>
      <Text size="sm" c="dimmed">
        <time dateTime={at}>{exactTime(Date.parse(at))}</time>
        {address === null ? ' · by the host itself' : ` · from ${address}`} · entry {seq} · <Code>{action}</Code>
      </Text>
      {changes.length > 0 && (
        <table className={styles['changes']}>
          <thead>
            <tr>
              <th scope="col">What</th>
              {before !== null && <th scope="col">Before</th>}
              {after !== null && <th scope="col">{before === null ? 'Noted' : 'After'}</th>}
            </tr>
          </thead>
          <tbody>
            {changes.map((change) => (
              <tr key={change.path}>
                <td>{change.path}</td>
                {before !== null && <td className={styles['old']}>{change.before ?? '–'}</td>}
                {after !== null && <td className={before === null ? undefined : styles['new']}>{change.after ?? '–'}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Group gap="md">
        {actor.id !== null && <Only search={{ actor: actor.id }}>Everything that {lowered(actorWords(entry))} did</Only>}
        {target !== null && target.kind !== 'route' && (
          <Only search={{ target: target.id }}>
            Everything done to {target.name ?? `this ${target.kind.replaceAll('_', ' ')}`}
          </Only>
        )}
      </Group>
    </Stack>
  );
}

function Only({ search, children }: { readonly search: { actor: string } | { target: string }; readonly children: ReactNode }) {
  return (
    <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/audit" search={search} />}>
      {children}
    </Anchor>
  );
}

function lowered(words: string): string {
  return words.replace(/^The /, 'the ');
}
