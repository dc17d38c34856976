import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Dialog } from '../states/Dialog.js';
import { Failed } from '../states/Failed.js';
import { useNow } from '../states/now.js';
import { Ago } from '../states/Ago.js';
import { type Direction, reasonsQuery } from './access-queries.js';
import { Chain } from './Chain.js';
import { linkSentence, type Names, namesOf, sinceWords } from './link-words.js';
import { nodeOfId } from './node-looks.js';
import type { AccessChain, AccessNodeRef } from '@castellan/api';
import { coverageSentence, notUsedWords, timesWords } from './usage-words.js';
import type { Entity } from './use-entity.js';
import { Loading } from '../states/Loading.js';
import styles from './access.module.css';

interface WhyDialogProps {
  readonly entity: Entity;
  readonly direction: Direction;
}

/** Every way of one pair, each link in a sentence. */
export function WhyDialog({ entity: { place, search, change }, direction }: WhyDialogProps) {
  const other = nodeOfId(search.why);
  const close = (): void => change({ why: undefined }, true);
  return (
    <Dialog title="Why" size="lg" opened={other !== undefined} onClose={close}>
      {other !== undefined && (
        <Reasons
          integration={place.integration}
          from={direction === 'reach' ? place : other}
          to={direction === 'reach' ? other : place}
          at={search.at}
        />
      )}
    </Dialog>
  );
}

interface ReasonsProps {
  readonly integration: string;
  readonly from: AccessNodeRef;
  readonly to: AccessNodeRef;
  readonly at: string | undefined;
}

function Reasons({ integration, from, to, at }: ReasonsProps) {
  const { data, error, refetch } = useQuery(reasonsQuery(integration, from, to, at));
  if (error !== null) return <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading height={160} />;
  const names = namesOf([data.from, data.to], data.nodes);
  const { usage, coverage, chains } = data;
  return (
    <Stack gap="sm">
      <Text size="sm">
        {data.from.label} {chains.length === 0 ? 'does not reach' : 'reaches'} {data.to.label}
        {chains.length > 0 &&
          ` in ${data.more ? 'more than ' : ''}${chains.length === 1 ? 'one way' : `${chains.length} ways`}`}
        .{' '}
        {to.kind !== 'group' && from.kind !== 'group' && (
          <>
            {usage !== null && (
              <>
                Last used <Ago at={usage.lastAt} />, {timesWords(usage.times)} in all.
              </>
            )}
            {usage === null && (coverage === null ? coverageSentence(null) : `${notUsedWords(coverage)}.`)}
          </>
        )}
      </Text>
      <ul className={styles['list']}>
        {chains.map((chain, index) => (
          // The list never changes while it is shown.
          <li key={index}>
            <Way chain={chain} names={names} integration={integration} at={at} />
          </li>
        ))}
      </ul>
    </Stack>
  );
}

interface WayProps {
  readonly chain: AccessChain;
  readonly names: Names;
  readonly integration: string;
  readonly at: string | undefined;
}

function Way({ chain, names, integration, at }: WayProps) {
  const now = useNow();
  return (
    <Stack gap={4}>
      <Chain chain={chain} names={names} integration={integration} at={at} />
      <Text size="xs" c="dimmed">
        {sinceWords(chain, now)}. {chain.links.map((link) => linkSentence(link, names)).join(' ')}
      </Text>
    </Stack>
  );
}
