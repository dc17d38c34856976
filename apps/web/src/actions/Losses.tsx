import type { ActionPlanView } from '@castellan/api';
import { Text } from '@mantine/core';
import { Ago } from '../states/Ago.js';
import { countedLoss } from './action-words.js';
import styles from './actions.module.css';

/** What the plan would take away, by what was read last; the provider does not say it. */
export function Losses({ access, administrators }: Pick<ActionPlanView, 'access' | 'administrators'>) {
  const asOf = access?.asOf ?? administrators?.asOf;
  if (asOf === undefined) return null;
  return (
    <section aria-label="What is lost">
      <Text size="xs" c="dimmed" mb={2}>
        What is lost, as read <Ago at={asOf} />
      </Text>
      <ul className={styles['sentences']}>
        {access !== null && <li>{lossWords(access)}</li>}
        {administrators?.roles.map(({ key, name, left }) => (
          <li key={key}>
            The role {name}:{' '}
            {left === 0 ? 'nobody else who can sign in has it' : `${left.toLocaleString('en')} who can sign in have it still`}.
          </li>
        ))}
      </ul>
    </section>
  );
}

function lossWords({ lost, applications, complete }: NonNullable<ActionPlanView['access']>): string {
  const atLeast = complete ? '' : ' There may be more: not all was read.';
  if (lost === 0) return `No application that is not reached another way as well.${atLeast}`;
  const names = applications.map(({ name }) => name).join(', ');
  const more = lost - applications.length;
  return `${countedLoss(lost)}: ${names}${more > 0 ? ` and ${more.toLocaleString('en')} more` : ''}.${atLeast}`;
}
