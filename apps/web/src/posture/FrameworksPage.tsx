import type { ControlView, FrameworkView } from '@castellan/api';
import { Select, Skeleton, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { AnchorLink } from '../shell/links.js';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { Look } from '../states/Look.js';
import { PageTitle } from '../states/PageTitle.js';
import { Panel } from '../states/Panel.js';
import { SmallTable } from '../states/SmallTable.js';
import { IntegrationFilter } from './IntegrationFilter.js';
import { frameworksQuery } from './posture-queries.js';
import { readFrameworksSearch } from './posture-search.js';
import { CHECK_LOOKS, NO_CHECK } from './check-looks.js';
import { PostureTabs } from './PostureTabs.js';
import styles from './posture.module.css';

const TITLE = 'Frameworks';
const route = getRouteApi('/signed-in/posture/frameworks');

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
  const { data, error, refetch } = useQuery(frameworksQuery(integration));
  const shown = data?.find(({ id }) => id === search.framework) ?? data?.[0];
  const of = integration === undefined ? {} : { integration };
  return (
    <>
      <PageTitle
        title={TITLE}
        actions={
          <IntegrationFilter
            chosen={integration}
            onChoose={(id) =>
              void navigate({
                to: '/posture/frameworks',
                search: readFrameworksSearch({ ...search, integration: id }),
              })
            }
          />
        }
      />
      <PostureTabs chosen="/posture/frameworks" integration={integration} />
      <Stack gap="md">
        {error !== null && <Failed error={error} retry={() => void refetch()} />}
        {data === undefined && error === null && <Skeleton height={480} aria-label="Loading" />}
        {data !== undefined && (
          <Select
            label="Framework"
            w={{ base: '100%', xs: 320 }}
            allowDeselect={false}
            data={data.map((one) => ({ value: one.id, label: nameOf(one) }))}
            value={shown?.id ?? null}
            onChange={(id) => id !== null && void navigate({ to: '/posture/frameworks', search: { ...of, framework: id } })}
          />
        )}
        {shown !== undefined && <Framework framework={shown} integration={integration} />}
      </Stack>
    </>
  );
}

function nameOf({ title, version }: FrameworkView): string {
  return `${title} ${version}`;
}

interface FrameworkProps {
  readonly framework: FrameworkView;
  readonly integration: string | undefined;
}

function Framework({ framework, integration }: FrameworkProps) {
  const { whole, failed, passed, unknown, unchecked, controls } = framework;
  return (
    <Panel title={nameOf(framework)}>
      <Text size="sm" maw={760}>
        {`${controls.length} controls: ${failed} failed, ${passed} passed, ${unknown} unknown, ${unchecked} not checked.`}{' '}
        {whole ? 'All controls are listed.' : 'Only controls that a check speaks to are listed.'} A control that passes here is
        not proven: checks speak to parts of it.
      </Text>
      <SmallTable
        label={`Controls of ${nameOf(framework)}`}
        heads={['Control', 'Says', 'Checks']}
        minWidth={620}
        hasActions={false}
        narrow="lines"
      >
        {controls.map((control) => (
          <Control key={control.control} control={control} integration={integration} />
        ))}
      </SmallTable>
    </Panel>
  );
}

interface ControlProps {
  readonly control: ControlView;
  readonly integration: string | undefined;
}

function Control({ control: { control, title, status, checks }, integration }: ControlProps) {
  return (
    <Table.Tr className={styles['top']}>
      <Table.Td className={styles['entry']} maw={420}>
        <Text size="sm" fw={550}>
          {control}
        </Text>
        {title !== control && <Text size="sm">{title}</Text>}
      </Table.Td>
      <Table.Td>
        <Look look={status === null ? NO_CHECK : CHECK_LOOKS[status]} />
      </Table.Td>
      <Table.Td>
        <ul className={styles['list']}>
          {checks.map((check) => (
            <li key={check.id}>
              <AnchorLink
                to="/posture/checks/$check"
                params={{ check: check.id }}
                search={integration === undefined ? {} : { integration }}
                size="sm"
              >
                {check.title}
              </AnchorLink>
              <Text size="xs" c="dimmed" component="span">
                {` · ${checkWords(check)}`}
              </Text>
            </li>
          ))}
        </ul>
      </Table.Td>
    </Table.Tr>
  );
}

function checkWords({ status, open }: ControlView['checks'][number]): string {
  if (status === null) return 'not looked at';
  const word = CHECK_LOOKS[status].word.toLowerCase();
  return status === 'failed' && open > 0 ? `${word}, names ${open.toLocaleString('en')}` : word;
}
