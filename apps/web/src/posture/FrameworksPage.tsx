import type { FrameworkView } from '@castellan/api';
import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useLocation, useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { Failed } from '../states/Failed.js';
import { FilterChoice } from '../states/FilterChoice.js';
import { Guarded } from '../states/Guarded.js';
import { Misread } from '../states/Misread.js';
import { PageTitle } from '../states/PageTitle.js';
import { Panel } from '../states/Panel.js';
import { WordsBox } from '../states/WordsBox.js';
import { FrameworkControls } from './FrameworkControls.js';
import { IntegrationFilter } from './IntegrationFilter.js';
import { frameworksQuery } from './posture-queries.js';
import { type FrameworksChange, type FrameworksSearch, kept, misread, readFrameworksSearch } from './posture-search.js';
import { CHECK_LOOKS, NO_CHECK } from './check-looks.js';
import { PostureTabs } from './PostureTabs.js';
import { Loading } from '../states/Loading.js';

const TITLE = 'Frameworks';
const route = getRouteApi('/signed-in/posture/frameworks');

const STATUSES = [
  ...(['failed', 'unknown', 'passed'] as const).map((status) => ({ value: status, label: CHECK_LOOKS[status].word })),
  { value: 'none' as const, label: NO_CHECK.word },
];

export function FrameworksPage() {
  return (
    <Guarded title={TITLE} needs="findings:read">
      <Frameworks />
    </Guarded>
  );
}

/** How the organisations stand before a framework, control by control. */
function Frameworks() {
  const search = readFrameworksSearch(route.useSearch());
  const { integration } = search;
  const navigate = useNavigate();
  const raw = useLocation().search;
  const { data, error, refetch } = useQuery(frameworksQuery(integration));
  const shown = data?.find(({ id }) => id === search.framework) ?? data?.[0];
  const change = useCallback(
    (part: FrameworksChange, replace = false) =>
      void navigate({
        to: '/posture/frameworks',
        search: (now: Readonly<Record<string, unknown>>) => kept<FrameworksSearch>({ ...readFrameworksSearch(now), ...part }),
        replace,
        resetScroll: false,
      }),
    [navigate],
  );
  return (
    <>
      <PageTitle
        title={TITLE}
        actions={
          <>
            <IntegrationFilter chosen={integration} onChoose={(id) => change({ integration: id })} />
            {shown !== undefined && <File framework={shown} integration={integration} />}
          </>
        }
      />
      <PostureTabs chosen="/posture/frameworks" integration={integration} />
      <Stack gap="md">
        <Misread found={misread(raw, search)} />
        {error !== null && <Failed error={error} retry={() => void refetch()} />}
        {data === undefined && error === null && <Loading height={480} />}
        {data !== undefined && <Filters search={search} frameworks={data} shown={shown} change={change} />}
        {shown !== undefined && <Framework framework={shown} search={search} />}
      </Stack>
    </>
  );
}

interface FiltersProps {
  readonly search: FrameworksSearch;
  readonly frameworks: readonly FrameworkView[];
  readonly shown: FrameworkView | undefined;
  /** @param replace no step of its own to go back to */
  readonly change: (part: FrameworksChange, replace?: boolean) => void;
}

function Filters({ search, frameworks, shown, change }: FiltersProps) {
  const changeWords = useCallback((q: string | undefined, isFurther: boolean) => change({ q }, isFurther), [change]);
  return (
    <Group gap="xs" align="flex-end" role="search" aria-label="Filters">
      <Select
        aria-label="Framework"
        size="xs"
        w={{ base: '100%', xs: 300 }}
        allowDeselect={false}
        data={frameworks.map((one) => ({ value: one.id, label: nameOf(one) }))}
        value={shown?.id ?? null}
        onChange={(id) => id !== null && change({ framework: id })}
      />
      <WordsBox label="Search controls" title="Number or words of a control" width={200} q={search.q} onChange={changeWords} />
      <FilterChoice
        name="Status"
        all="Any status"
        choices={STATUSES}
        value={search.status}
        width={160}
        onChoose={(status) => change({ status })}
      />
    </Group>
  );
}

function File({
  framework: { id },
  integration,
}: Pick<FrameworkProps, 'framework'> & { readonly integration: string | undefined }) {
  const query = new URLSearchParams({ framework: id, ...(integration !== undefined && { integration }) });
  return (
    <Button
      component="a"
      size="xs"
      variant="default"
      leftSection={<IconDownload size={15} aria-hidden />}
      href={`/api/posture/frameworks/export.csv?${query}`}
      download={`${id}.csv`}
    >
      CSV
    </Button>
  );
}

function nameOf({ title, version }: FrameworkView): string {
  return `${title} ${version}`;
}

interface FrameworkProps {
  readonly framework: FrameworkView;
  readonly search: FrameworksSearch;
}

function Framework({ framework, search }: FrameworkProps) {
  const { whole, failed, passed, unknown, unchecked, controls } = framework;
  return (
    <Panel title={nameOf(framework)}>
      <Text size="sm" maw={760}>
        {`${controls.length} controls: ${failed} failed, ${passed} passed, ${unknown} unknown, ${unchecked} not checked.`}{' '}
        {whole ? 'All controls are listed.' : 'Only controls that a check speaks to are listed.'} A control that passes here is
        not proven: checks speak to parts of it.
      </Text>
      <FrameworkControls label={`Controls of ${nameOf(framework)}`} controls={controls} search={search} />
    </Panel>
  );
}
