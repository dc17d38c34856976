import type { CheckDetail } from '@castellan/api';
import { Code, Group, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { FindingsList } from '../findings/FindingsList.js';
import { SEVERITY_LOOKS } from '../findings/severity-looks.js';
import { AnchorLink } from '../shell/links.js';
import { Empty } from '../states/Empty.js';
import { Facts } from '../states/Facts.js';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { Look } from '../states/Look.js';
import { PageTitle } from '../states/PageTitle.js';
import { Panel } from '../states/Panel.js';
import { useAnchor } from '../states/use-anchor.js';
import { CheckFix } from './CheckFix.js';
import { CheckParameters } from './CheckParameters.js';
import { CheckResults } from './CheckResults.js';
import { Controls } from './Controls.js';
import { IntegrationFilter } from './IntegrationFilter.js';
import { LastLookOf } from './LookAgain.js';
import { checkQuery } from './posture-queries.js';
import { readPostureSearch } from './posture-search.js';
import { checkLook } from './check-looks.js';
import { parameterWords } from './parameter-words.js';
import { affectedWords, AREAS, effortWords } from './posture-words.js';
import { Loading } from '../states/Loading.js';
import styles from './posture.module.css';

const TITLE = 'Check';
const route = getRouteApi('/signed-in/posture/checks/$check');

export function CheckPage() {
  return (
    <Guarded title={TITLE} needs="findings:read">
      <Check />
    </Guarded>
  );
}

/** One check: why it matters, whom it names, how to mend it. */
function Check() {
  const { check: id } = route.useParams();
  const { integration } = readPostureSearch(route.useSearch());
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(checkQuery(id, integration));
  useAnchor(data !== undefined);
  const failed = error !== null && <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined)
    return (
      <>
        <PageTitle title={TITLE} />
        {failed || <Loading height={480} />}
      </>
    );
  return (
    <>
      <PageTitle
        title={data.title}
        aside={
          <>
            <Look look={checkLook(data)} />
            <LastLookOf integration={integration} />
          </>
        }
        actions={
          <IntegrationFilter
            chosen={integration}
            onChoose={(chosen) =>
              void navigate({
                to: '/posture/checks/$check',
                params: { check: id },
                search: chosen === undefined ? {} : { integration: chosen },
              })
            }
          />
        }
      />
      <Stack gap="md">
        {failed}
        <CheckFacts check={data} integration={integration} />
        <Panel title="Why it matters">
          <Text size="sm" maw={760}>
            {data.why}
          </Text>
          <SeverityRules check={data} />
        </Panel>
        <CheckFix check={data} />
        <CheckResults results={data.results} check={data} />
        <Affected check={data} integration={integration} />
        <CheckParameters check={data} />
        <Needs check={data} />
      </Stack>
    </>
  );
}

function CheckFacts({ check, integration }: AffectedProps) {
  const { area, severity, frameworks, parameters, worst } = check;
  return (
    <Facts
      facts={[
        [
          'Area',
          <AnchorLink key="area" to="/posture/checks" search={{ area }} size="sm">
            {AREAS[area]}
          </AnchorLink>,
        ],
        ['Severity', <Look key="severity" look={SEVERITY_LOOKS[severity]} />],
        ...(worst === null || worst === severity
          ? []
          : [['Worst finding', <Look key="worst" look={SEVERITY_LOOKS[worst]} />] as const]),
        ['Affected', affectedWords(check)],
        // What it was held against, also where nothing is affected.
        ...parameters.flatMap(({ title, type, value }) =>
          type === 'texts' ? [] : [[title, parameterWords(type, value)] as const],
        ),
        ['Work to mend it', effortWords(check)],
        ...(frameworks.length === 0
          ? []
          : [['Frameworks', <Controls key="frameworks" controls={frameworks} integration={integration} />] as const]),
      ]}
    />
  );
}

/** What makes a finding more or less severe than the check says. */
function SeverityRules({ check: { severity, severityRules } }: { readonly check: CheckDetail }) {
  if (severityRules.length === 0) return null;
  return (
    <>
      <Text size="sm">
        Each finding is {SEVERITY_LOOKS[severity].word.toLowerCase()}, but the first of these that is so changes that:
      </Text>
      <ul className={styles['steps']}>
        {severityRules.map(({ to, because }) => (
          <li key={because}>
            {SEVERITY_LOOKS[to].word}: {because}
          </li>
        ))}
      </ul>
    </>
  );
}

interface AffectedProps {
  readonly check: CheckDetail;
  readonly integration: string | undefined;
}

/** Its findings, with the evidence. */
function Affected({ check: { id, status, excepted, enabled }, integration }: AffectedProps) {
  const of = integration === undefined ? {} : { integration };
  return (
    <Panel
      title="Affected"
      aside={
        <Group gap="md">
          {excepted > 0 && (
            <AnchorLink to="/findings" search={{ ...of, rule: id, status: 'excepted' }} size="sm">
              {excepted.toLocaleString('en')} excepted
            </AnchorLink>
          )}
          <AnchorLink to="/findings" search={{ ...of, rule: id, status: 'all' }} size="sm">
            All, also resolved
          </AnchorLink>
        </Group>
      }
    >
      <FindingsList
        search={{ ...of, rule: id }}
        isOfOneCheck
        empty={
          <Empty icon={IconCircleCheck} title={status === 'passed' ? 'Nothing to mend' : 'No findings'}>
            {emptyWords(enabled, status, excepted)}
          </Empty>
        }
      />
    </Panel>
  );
}

function emptyWords(enabled: boolean, status: CheckDetail['status'], excepted: number): string {
  if (!enabled) return 'The check is switched off.';
  if (status === 'passed') return excepted === 0 ? 'Nothing is affected.' : 'Nothing is affected but what is excepted.';
  return status === null
    ? 'Nobody has looked yet.'
    : 'That does not say that all is well: what the check needs is not known, see above.';
}

/** What it reads, for whoever connects an integration. */
function Needs({ check: { needs, only } }: { readonly check: CheckDetail }) {
  if (needs.length === 0) return null;
  const scopes = [...new Set(needs.flatMap((need) => need.scopes))];
  const streams = [...new Set(needs.flatMap((need) => need.streams))];
  return (
    <Panel title="What it reads">
      <Text size="sm" maw={760}>
        {streams.length === 0 ? 'Nothing of what is connected lists what it needs.' : `The streams ${streams.join(', ')}.`}
        {only !== null && ' It speaks of one provider only.'}
      </Text>
      {scopes.length > 0 && (
        <Group gap={6}>
          <Text size="sm">Permissions at the provider:</Text>
          {scopes.map((scope) => (
            <Code key={scope}>{scope}</Code>
          ))}
        </Group>
      )}
    </Panel>
  );
}
