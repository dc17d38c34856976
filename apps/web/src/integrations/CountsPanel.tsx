import type { IntegrationDetail } from '@castellan/api';
import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ALL_KINDS, kindOf } from '../records/kinds.js';
import { useMay } from '../session/session.js';
import { Panel } from '../states/Panel.js';
import styles from './counts.module.css';

const NUMBER = new Intl.NumberFormat('en');

/** What was collected, and the way to it. */
export function CountsPanel({ integration: { id, counts } }: { readonly integration: IntegrationDetail }) {
  const mayRead = useMay('records:read');
  const known = ALL_KINDS.flatMap((kind) => {
    const count = counts[kind];
    return count === undefined ? [] : [{ kind, count }];
  });
  return (
    <Panel title="Collected">
      {known.length === 0 && (
        <Text size="sm" c="dimmed">
          Nothing yet.
        </Text>
      )}
      <ul className={styles['counts']}>
        {known.map(({ kind, count }) => {
          const words = (
            <>
              <Text component="span" display="block" fw={600} size="lg" lh={1.25}>
                {NUMBER.format(count)}
              </Text>
              <Text component="span" display="block" size="sm" c="dimmed">
                {kindOf(kind).many}
              </Text>
            </>
          );
          return (
            <li key={kind}>
              {mayRead ? (
                <Link to="/records/$kind" params={{ kind }} search={{ integration: id }} className={styles['count']}>
                  {words}
                </Link>
              ) : (
                <div className={styles['count']}>{words}</div>
              )}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
