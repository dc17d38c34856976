import type { AccessNodeKind, AccessNodeRef } from '@castellan/api';
import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ApiError } from '../api/api-error.js';
import { Dialog } from '../states/Dialog.js';
import { Failed } from '../states/Failed.js';
import { type Direction, lossQuery } from './access-queries.js';
import { Chain } from './Chain.js';
import { LastUsed } from './LastUsed.js';
import { namesOf } from './link-words.js';
import { NODE_LOOKS, nodeId, nodeOfId } from './node-looks.js';
import { listCoverageSentence } from './usage-words.js';
import type { Entity } from './use-entity.js';
import { useNodeName } from './use-node-name.js';
import { Loading } from '../states/Loading.js';
import styles from './access.module.css';

const LOST = ['application', 'role', 'group'] as const;

interface LossDialogProps {
  readonly entity: Entity;
  readonly direction: Direction;
}

/** What one would not reach any more without being in a group. */
export function LossDialog({ entity: { place, search, change }, direction }: LossDialogProps) {
  const other = nodeOfId(search.loss);
  const close = (): void => change({ loss: undefined }, true);
  const [from, group] = direction === 'reach' ? [place, other] : [other, place];
  return (
    <Dialog title="What would be lost" size="lg" opened={other !== undefined} onClose={close}>
      {from !== undefined && group !== undefined && (
        <Stack gap="md">
          <Sentence integration={place.integration} from={from} group={group} />
          {LOST.map((kind) => (
            <Lost key={kind} integration={place.integration} from={from} group={group.key} kind={kind} />
          ))}
        </Stack>
      )}
    </Dialog>
  );
}

interface SentenceProps {
  readonly integration: string;
  readonly from: AccessNodeRef;
  readonly group: AccessNodeRef;
}

function Sentence({ integration, from, group }: SentenceProps) {
  const [who, where] = [useNodeName(integration, from), useNodeName(integration, group)];
  return (
    <Text size="sm">
      What {who} reaches only because of being in {where}. What can be reached another way as well stays.
    </Text>
  );
}

interface LostProps {
  readonly integration: string;
  readonly from: AccessNodeRef;
  readonly group: string;
  readonly kind: AccessNodeKind;
}

function Lost({ integration, from, group, kind }: LostProps) {
  const { data, error, refetch } = useQuery(lossQuery(integration, from, group, kind));
  // Of the group itself nobody has to be told.
  const items = data?.items.filter(({ node }) => node.kind !== 'group' || node.key !== group);
  const isNoMember = error instanceof ApiError && error.status === 404;
  return (
    <section aria-label={NODE_LOOKS[kind].many}>
      <Title order={3} mb={4}>
        {NODE_LOOKS[kind].many} {items !== undefined && `(${items.length})`}
      </Title>
      {isNoMember && <Text size="sm">Not a member itself: it is in the group through another one.</Text>}
      {error !== null && !isNoMember && <Failed error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Loading height={40} />}
      {items?.length === 0 && <Text size="sm">Nothing.</Text>}
      {data !== undefined && items !== undefined && items.length > 0 && kind !== 'group' && from.kind !== 'group' && (
        <Text size="xs" c="dimmed">
          {listCoverageSentence(data.coverage)}
        </Text>
      )}
      <ul className={styles['list']}>
        {data !== undefined &&
          items?.map(({ node, chains, usage }) => (
            <li key={nodeId(node)}>
              {chains[0] !== undefined && (
                <Chain
                  chain={chains[0]}
                  names={namesOf([data.subject, node], data.nodes)}
                  integration={integration}
                  at={undefined}
                  subject={data.subject}
                />
              )}
              {kind !== 'group' && from.kind !== 'group' && <LastUsed usage={usage} coverage={data.coverage} />}
            </li>
          ))}
      </ul>
    </section>
  );
}
