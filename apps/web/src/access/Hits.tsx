import type { AccessHit, AccessNodeKind } from '@castellan/api';
import { Combobox, type ComboboxStore, Group, Text } from '@mantine/core';
import { useEffect } from 'react';
import { Word } from '../records/FieldValue.js';
import { NODE_LOOKS } from './node-looks.js';
import styles from './access.module.css';

/** In this order, whatever the host found first. */
const ORDER: readonly AccessNodeKind[] = ['account', 'group', 'application', 'role', 'client'];

/** Of each kind that the host gives, and an application several times where it is in several integrations. */
const MOST = 6;

interface HitsProps {
  readonly hits: readonly AccessHit[];
  readonly idOf: (hit: AccessHit) => string;
  readonly combobox: ComboboxStore;
}

/** What the search has found, by kind. Enter takes the first. */
export function Hits({ hits, idOf, combobox }: HitsProps) {
  const { selectFirstOption } = combobox;
  const shown = hits.map(idOf).join('\n');
  useEffect(() => {
    if (shown !== '') selectFirstOption();
    // The store is made anew with each rendering; what is found is not.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [shown]);
  const several = new Set(hits.map(({ integration }) => integration.id)).size > 1;
  const groups = ORDER.map((kind) => [kind, hits.filter(({ node }) => node.kind === kind)] as const);
  return (
    <Combobox.Options className={styles['hits']} aria-label="Found">
      {groups
        .filter(([, found]) => found.length > 0)
        .map(([kind, found]) => (
          <Combobox.Group
            key={kind}
            label={`${NODE_LOOKS[kind].many}${found.length < MOST ? '' : ': the best, another letter finds others'}`}
          >
            {found.map((hit) => (
              <Combobox.Option key={idOf(hit)} value={idOf(hit)}>
                <Hit hit={hit} several={several} />
              </Combobox.Option>
            ))}
          </Combobox.Group>
        ))}
    </Combobox.Options>
  );
}

function Hit({ hit: { node, integration }, several }: { readonly hit: AccessHit; readonly several: boolean }) {
  const { icon: Icon } = NODE_LOOKS[node.kind];
  const detail = [node.detail === node.label ? null : node.detail, several ? integration.name : null];
  return (
    <Group gap="xs" wrap="nowrap">
      <Icon size={16} stroke={1.6} aria-hidden className={styles['faint']} />
      <div className={styles['entry']}>
        <Text size="sm">{node.label}</Text>
        <Text size="xs" className={styles['faint']}>
          {detail.filter((part) => part !== null).join(' · ')}
        </Text>
      </div>
      {node.status !== null && node.status !== 'active' && (
        <Text size="xs" ml="auto" component="span">
          <Word value={node.status} />
        </Text>
      )}
    </Group>
  );
}
