import { Group, Select, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { ExportFiles } from '../access/ExportFiles.js';
import { integrationsQuery } from '../integrations/integration-queries.js';
import { ButtonLink } from '../shell/links.js';
import { LastLookOf } from '../posture/LookAgain.js';
import { PostureTabs } from '../posture/PostureTabs.js';
import { Empty } from '../states/Empty.js';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { LoadMore } from '../states/LoadMore.js';
import { PageTitle } from '../states/PageTitle.js';
import { ChokePoints } from './ChokePoints.js';
import { pathsPath, pathsQuery } from './path-queries.js';
import { PathList } from './PathList.js';
import { PathPicture } from './PathPicture.js';
import { type PathsSearch, readPathsSearch } from './paths-search.js';
import { WaysInShort } from './WaysInShort.js';
import { Loading } from '../states/Loading.js';

const TITLE = 'Ways to tier zero';
const route = getRouteApi('/signed-in/posture/paths');
const VIEWS = [
  { value: 'table', label: 'Table' },
  { value: 'graph', label: 'Graph' },
];

export function PathsPage() {
  return (
    <Guarded title={TITLE} needs="findings:read">
      <Ways />
    </Guarded>
  );
}

/** Who could become an administrator of everything, by which steps, and what cuts them off. */
function Ways() {
  const search = readPathsSearch(route.useSearch());
  const navigate = useNavigate();
  const { data: integrations, error, refetch } = useQuery(integrationsQuery);
  const chosen = search.integration ?? integrations?.[0]?.id;
  return (
    <>
      <PageTitle title={TITLE} aside={chosen !== undefined && <LastLookOf integration={chosen} />} />
      <PostureTabs chosen="/posture/paths" integration={search.integration} />
      <Text size="sm" c="dimmed" mb="sm" maw={720}>
        Tier zero are those who can become anybody. Here is who is not one of them and could make himself one: by a password
        that he may set, a group that he may fill, a secret that he may read.
      </Text>
      {error !== null && <Failed error={error} retry={() => void refetch()} />}
      {integrations === undefined && error === null && <Loading height={320} />}
      {integrations?.length === 0 && (
        <Empty icon={IconRoute} title="Nothing is connected">
          Connect a system; after its first sync its ways are here.
        </Empty>
      )}
      {chosen !== undefined && integrations !== undefined && (
        <Stack gap="md">
          {integrations.length > 1 && (
            <Select
              label="Integration"
              w={280}
              allowDeselect={false}
              comboboxProps={{ withinPortal: false }}
              data={integrations.map(({ id, name }) => ({ value: id, label: name }))}
              value={chosen}
              onChange={(id) => id !== null && void navigate({ to: '/posture/paths', search: { integration: id } })}
            />
          )}
          <WaysOf key={chosen} integration={chosen} search={search} />
        </Stack>
      )}
    </>
  );
}

interface WaysOfProps {
  readonly integration: string;
  readonly search: PathsSearch;
}

function WaysOf({ integration, search }: WaysOfProps) {
  const { from } = search;
  const list = useInfiniteQuery(pathsQuery(integration, from));
  const { data, error, refetch, isFetchNextPageError } = list;
  const navigate = useNavigate();
  const { view: _view, ...rest } = search;
  const show = (view: string) => navigate({ to: '/posture/paths', search: view === 'graph' ? { ...rest, view } : rest });
  const failed = error !== null && !isFetchNextPageError && <Failed error={error} retry={() => void refetch()} />;
  const first = data?.pages[0];
  if (data === undefined || first === undefined) return failed || <Loading height={320} />;
  const paths = data.pages.flatMap(({ items }) => items);
  // Each page has those of its own steps; what is there twice is the same.
  const fixes = data.pages.flatMap((page) => page.fixes);
  if (first.computedAt === null)
    return (
      <Empty icon={IconRoute} title="Nobody has looked yet">
        Ways are looked for after each sync, as soon as accounts, groups and roles have been read.
      </Empty>
    );
  return (
    <Stack gap="md">
      {failed}
      <WaysInShort paths={first} computedAt={first.computedAt} integration={integration} />
      {first.reasons.length > 0 && (
        <Text size="sm" c="dimmed">
          There may be more: {first.reasons.map(({ message }) => message).join(' ')}
        </Text>
      )}
      {from === undefined && (
        <ChokePoints points={first.chokePoints} total={first.total} fixes={first.fixes} integration={integration} />
      )}
      {paths.length > 0 && (
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label="Shown as"
            data={VIEWS}
            value={search.view ?? 'table'}
            onChange={(view) => void show(view)}
          />
          {from !== undefined && (
            <ButtonLink size="xs" variant="default" to="/posture/paths" search={{ integration }}>
              All ways
            </ButtonLink>
          )}
          <Group ml="auto">
            <ExportFiles name="ways-to-tier-zero" pathOf={(ending) => pathsPath(integration, `/export.${ending}`, { from })}>
              A shortest way of each starting point.
            </ExportFiles>
          </Group>
        </Group>
      )}
      {paths.length === 0 ? (
        <Empty icon={IconRoute} title={from === undefined ? 'No ways were found' : 'It has no way'}>
          {from === undefined
            ? 'Nobody outside of tier zero can make himself one of it, as far as was read.'
            : 'It cannot reach tier zero.'}
        </Empty>
      ) : search.view === 'graph' ? (
        <PathPicture paths={paths} integration={integration} />
      ) : (
        <PathList paths={paths} fixes={fixes} integration={integration} />
      )}
      <LoadMore list={list} label="Show more" />
    </Stack>
  );
}
