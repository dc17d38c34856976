import type { RelatedRecord } from '@castellan/api';
import { Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { isKind } from '../records/kinds.js';
import { type RecordPlace, relatedQuery } from '../records/record-queries.js';
import { wordOf } from '../records/words.js';
import { useIsRead } from '../records/use-is-read.js';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Failed } from '../states/Failed.js';
import { LoadMore } from '../states/LoadMore.js';
import { Panel } from '../states/Panel.js';
import { SmallTable } from '../states/SmallTable.js';
import { type AccessPlace, usageQuery } from './access-queries.js';
import { LastUsed } from './LastUsed.js';
import { listCoverageSentence } from './usage-words.js';
import { Loading } from '../states/Loading.js';

/** What somebody can sign in with: authenticators, and identity providers that vouch for them. */
export function SignInWays({ place }: { readonly place: AccessPlace }) {
  const isRead = useIsRead();
  return (
    <Stack gap="md">
      <Panel title="Authenticators">
        <Ways place={place} relation="authenticators" isRead={isRead('authenticator')} none="No authenticator." />
      </Panel>
      <Panel title="Identity providers">
        <Ways
          place={place}
          relation="identityProviders"
          isRead={isRead('idp_link')}
          none="No identity provider vouches for them."
        />
      </Panel>
    </Stack>
  );
}

interface WaysProps {
  readonly place: AccessPlace;
  readonly relation: 'authenticators' | 'identityProviders';
  readonly isRead: boolean;
  readonly none: string;
}

function Ways({ place, relation, isRead, none }: WaysProps) {
  const record: RecordPlace = { ...place, kind: 'account' };
  const list = useInfiniteQuery(relatedQuery(record, relation, false));
  const isUsed = relation === 'authenticators';
  const { data: usage } = useQuery({ ...usageQuery(place), enabled: isUsed });
  const { data, error, refetch } = list;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  if (error !== null) return <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading height={90} />;
  if (items.length === 0) return <Text size="sm">{isRead ? none : 'Not known: no integration reads them.'}</Text>;
  return (
    <>
      {isUsed && usage !== undefined && (
        <Text size="sm" c="dimmed">
          {listCoverageSentence(usage.coverage)}
        </Text>
      )}
      <SmallTable
        label={isUsed ? 'Authenticators' : 'Identity providers'}
        heads={isUsed ? ['Name', 'Since', 'Last used'] : ['Name', 'Since']}
        minWidth={420}
        hasActions={false}
        narrow="cards"
      >
        {items.map((item) => (
          <Table.Tr key={`${item.kind} ${item.key}`}>
            <Table.Td>
              <Name item={item} integration={place.integration} />
            </Table.Td>
            <Table.Td>
              <Since item={item} />
            </Table.Td>
            {isUsed && (
              <Table.Td>
                {usage !== undefined && (
                  <LastUsed
                    usage={usage.authenticators.find(({ key }) => key === item.key) ?? null}
                    coverage={usage.coverage}
                  />
                )}
              </Table.Td>
            )}
          </Table.Tr>
        ))}
      </SmallTable>
      <LoadMore list={list} label="Show more" />
    </>
  );
}

/** As the provider says; else since when Castellan knows of it, which is no enrolment. */
function Since({ item: { since, via } }: { readonly item: RelatedRecord }) {
  const made = via['createdAt'];
  if (typeof made === 'string') return <Ago at={made} />;
  return (
    <>
      known since <Ago at={since} />
    </>
  );
}

function Name({ item: { kind, key, label, detail, via }, integration }: { item: RelatedRecord; integration: string }) {
  const [status, type] = [via['status'], via['factorType']];
  return (
    <>
      {isKind(kind) ? (
        <AnchorLink to="/records/$kind" params={{ kind }} search={{ key, of: integration }} size="sm" display="block">
          {label}
        </AnchorLink>
      ) : (
        label
      )}
      <Text size="xs" c="dimmed">
        {[detail, typeof type === 'string' ? type : null, typeof status === 'string' ? wordOf(status) : null]
          .filter((part) => part !== null && part !== label)
          .join(' · ')}
      </Text>
    </>
  );
}
