import type { ControlView, FrameworkView } from '@castellan/api';
import { Skeleton, Stack, Table, Text } from '@mantine/core';
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
import { readPostureSearch } from './posture-search.js';
import { CHECK_LOOKS, NO_CHECK } from './posture-words.js';
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

/** How the organisations stand before each framework, control by control. */
function Frameworks() {
  const { integration } = readPostureSearch(route.useSearch());
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(frameworksQuery(integration));
  return (
    <>
      <PageTitle
        title={TITLE}
        actions={
          <IntegrationFilter
            chosen={integration}
            onChoose={(id) => void navigate({ to: '/posture/frameworks', search: id === undefined ? {} : { integration: id } })}
          />
        }
      />
      <PostureTabs chosen="/posture/frameworks" integration={integration} />
      <Stack gap="md">
        {error !== null && <Failed error={error} retry={() => void refetch()} />}
        {data === undefined && error === null && <Skeleton height={480} aria-label="Loading" />}
        <Text size="sm" c="dimmed" maw={760}>
          A control that passes here is not proven: checks speak to parts of it. One that nobody checks needs another proof.
        </Text>
        {data?.map((framework) => (
          <Framework key={framework.id} framework={framework} integration={integration} />
        ))}
      </Stack>
    </>
  );
}

interface FrameworkProps {
  readonly framework: FrameworkView;
  readonly integration: string | undefined;
}

function Framework({ framework, integration }: FrameworkProps) {
  const { title, version, whole, failed, passed, unknown, unchecked, controls } = framework;
  const name = `${title} ${version}`;
  return (
    <Panel title={name}>
      <Text size="sm">
        {`${failed} failed, ${passed} passed, ${unknown} unknown, ${unchecked} not checked.`}{' '}
        {whole ? 'All controls are listed.' : 'Only controls that a check speaks to are listed.'}
      </Text>
      <details className={styles['fold']} open={failed > 0}>
        <summary>
          <Text size="sm" component="span">
            {controls.length.toLocaleString('en')} controls
          </Text>
        </summary>
        <Stack mt="xs">
          <SmallTable
            label={`Controls of ${name}`}
            heads={['Control', 'Says', 'Checks']}
            minWidth={620}
            hasActions={false}
            narrow="cards"
          >
            {controls.map((control) => (
              <Control key={control.control} control={control} integration={integration} />
            ))}
          </SmallTable>
        </Stack>
      </details>
    </Panel>
  );
}

interface ControlProps {
  readonly control: ControlView;
  readonly integration: string | undefined;
}

function Control({ control: { control, title, status, checks }, integration }: ControlProps) {
  return (
    <Table.Tr>
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
