import type { OfferedAction } from '@castellan/api';
import { Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { offeredQuery } from './action-queries.js';
import { lacksWords, missingOf } from './not-granted.js';
import styles from './actions.module.css';

interface NotGrantedProps {
  readonly integration: string;
  /** Some of them may lack something. */
  readonly actions: readonly OfferedAction[];
  /** The way by hand, where no preview shows it. */
  readonly children?: ReactNode;
}

/** What is known to be missing for some actions, where it is granted, and what can be done until then. */
export function NotGranted({ integration, actions, children }: NotGrantedProps) {
  const { data } = useQuery(offeredQuery(integration));
  const missing = missingOf(actions);
  if (missing.length === 0 || data === undefined || data.grants === null) return null;
  const { where, seenAt } = data.grants;
  return (
    <section className={styles['lacking']} aria-label="Not granted yet">
      <IconLock size={18} aria-hidden className={styles['lock']} />
      <div>
        <Text size="sm" fw={550}>
          {lacksWords(missing)}
        </Text>
        <Text size="sm">
          {where} Then{' '}
          <AnchorLink to="/integrations/$id" params={{ id: integration }} size="sm" underline="always">
            test the connection
          </AnchorLink>
          , or look again: each preview asks the provider.{' '}
          {children === undefined && 'Until then the preview shows the way by hand.'}
        </Text>
        {children}
        <Text size="xs" c="dimmed">
          Seen <Ago at={seenAt} />
        </Text>
      </div>
    </section>
  );
}

/** Beside one action. */
export function Lacking({ action }: { readonly action: OfferedAction }) {
  if (action.notGranted.length === 0) return null;
  return (
    <Text size="xs" fw={550} className={styles['lack']}>
      <IconLock size={14} aria-hidden className={styles['lock']} />
      {lacksWords(action.notGranted)}
    </Text>
  );
}
