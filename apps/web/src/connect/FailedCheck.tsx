import type { ConnectionCheck } from '@castellan/connector-sdk';
import { Text } from '@mantine/core';
import { IconCircleX } from '@tabler/icons-react';
import type { FormField } from '../form/form-schema.js';
import { Ago } from '../states/Ago.js';
import styles from './connect.module.css';
import { type FailedChecks, shownName, toldOnce } from './findings.js';

interface FailedCheckProps {
  readonly failed: FailedChecks;
  /** What the provider is called. */
  readonly provider: string;
  readonly fields: readonly FormField[];
}

/** What happened, whose turn it is, and what to do. */
export function FailedCheck({ failed, provider, fields }: FailedCheckProps) {
  const { checks, turn, todo } = failed;
  const once = toldOnce(failed);
  const turns = { you: 'Your turn', provider: `${provider}'s turn`, castellan: 'The turn of whoever runs Castellan' };
  return (
    <div className={styles['failed']}>
      {checks.map((check) => (
        <div key={check.name}>
          <div className={styles['check']}>
            <IconCircleX size={15} color="var(--mantine-color-red-7)" aria-hidden />
            <span>
              <b>{shownName(check)}</b>: failed
            </span>
          </div>
          {once === undefined && <Text size="sm">{whatHappened(check)}</Text>}
          {once === undefined && <Details check={check} />}
        </div>
      ))}
      {once !== undefined && <Text size="sm">{once}</Text>}
      {(turn !== undefined || todo !== undefined) && (
        <Text size="sm" mt={4}>
          <b>{turn === undefined ? 'To do' : turns[turn]}:</b> {todo === undefined ? '' : named(todo, checks, fields)}
        </Text>
      )}
    </div>
  );
}

function Details({ check }: { readonly check: ConnectionCheck }) {
  const { error, name } = check;
  const said = `${name} ${whatHappened(check)}`;
  const missing = (error?.missing ?? []).filter((one) => !said.includes(one));
  return (
    <>
      {missing.length > 0 && (
        <Text size="sm" c="dimmed">
          Missing: {missing.join(', ')}
        </Text>
      )}
      {error?.retryAt !== undefined && (
        <Text size="sm" c="dimmed">
          Worth another try: <Ago at={error.retryAt} />
        </Text>
      )}
    </>
  );
}

function whatHappened({ error, message }: ConnectionCheck): string {
  return [error?.message, message].filter((text) => text !== undefined).join(' ');
}

/** Connectors name a setting by its path; people know it by its label. */
function named(todo: string, checks: readonly ConnectionCheck[], fields: readonly FormField[]): string {
  const labels = labelsOf(fields);
  return checks.reduce((text, { error }) => {
    const label = error?.field === undefined ? undefined : labels.get(error.field);
    return label === undefined ? text : text.replaceAll(`setting ${error?.field}`, `setting "${label}"`);
  }, todo);
}

function labelsOf(fields: readonly FormField[]): ReadonlyMap<string, string> {
  return new Map(
    fields.flatMap((field): readonly (readonly [string, string])[] => [
      [field.path, field.label],
      ...(field.widget === 'variant' ? field.variants.flatMap((variant) => [...labelsOf(variant.fields)]) : []),
    ]),
  );
}
