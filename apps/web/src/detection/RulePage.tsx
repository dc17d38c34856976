import type { RuleDetail } from '@castellan/api';
import { Code, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { SEVERITY_LOOKS } from '../findings/severity-looks.js';
import { CONFIDENCE_WORDS } from '../incidents/incident-looks.js';
import { AnchorLink } from '../shell/links.js';
import { Facts } from '../states/Facts.js';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { Look } from '../states/Look.js';
import { PageTitle } from '../states/PageTitle.js';
import { Panel } from '../states/Panel.js';
import { ruleQuery } from './detection-queries.js';
import { HitsByDay } from './HitsByDay.js';
import { RuleReferences } from './RuleReferences.js';
import { RuleSetting } from './RuleSetting.js';
import { RuleState } from './RuleState.js';
import { boundsWords, countedHits, KIND_WORDS, shownLevel, sourceWords, timespanWords } from './rule-words.js';
import { TechniqueLinks } from './TechniqueLinks.js';
import { Loading } from '../states/Loading.js';
import styles from './detection.module.css';

const TITLE = 'Rule';
const DAYS = 30;
const route = getRouteApi('/signed-in/detection/rules/$rule');

export function RulePage() {
  return (
    <Guarded title={TITLE} needs="findings:read">
      <Rule />
    </Guarded>
  );
}

/** One rule: what it asks, what it has found, what to do about it, what is set of it. */
function Rule() {
  const { rule: id } = route.useParams();
  const { data, error, refetch } = useQuery(ruleQuery(id));
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
      <PageTitle title={data.title} aside={<RuleState rule={data} />} />
      <Stack gap="md">
        {failed}
        <RuleFacts rule={data} />
        <About rule={data} />
        <Panel
          title="Hits"
          aside={
            <AnchorLink to="/findings" search={{ rule: id, status: 'all' }} size="sm">
              All its findings
            </AnchorLink>
          }
        >
          <HitsByDay label={`Hits of ${data.title}`} days={data.hitsByDay} span={DAYS} />
        </Panel>
        <Points title="What to do" points={data.response} />
        <Points title="When it is no attack" points={data.falsePositives} />
        <RuleSetting rule={data} />
        <RuleReferences references={data.references} />
        <Panel title="As it was written">
          <Code block tabIndex={0} fz="xs" className={styles['yaml']}>
            {data.text}
          </Code>
        </Panel>
      </Stack>
    </>
  );
}

function RuleFacts({ rule }: { readonly rule: RuleDetail }) {
  const { confidence, kind, source, author, status, techniques, hits, bounds, timespan, setting } = rule;
  const [isBounds, isTimespan] = [setting?.bounds ?? bounds, setting?.timespan ?? timespan];
  return (
    <Facts
      facts={[
        ['Level', <Look key="level" look={SEVERITY_LOOKS[shownLevel(rule)]} />],
        ['Confidence', CONFIDENCE_WORDS[confidence]],
        ['Looks at', KIND_WORDS[kind]],
        ...(isBounds === null ? [] : [['Tells when it is', boundsWords(isBounds)] as const]),
        ...(isTimespan === null ? [] : [['Within', timespanWords(isTimespan)] as const]),
        ['Hits in 30 days', countedHits(hits)],
        [
          'Source',
          <AnchorLink key="source" to="/detection/rules" search={{ source }} size="sm">
            {sourceWords(source)}
          </AnchorLink>,
        ],
        ...(author === null ? [] : [['Author', author] as const]),
        ...(status === null ? [] : [['Maturity', status] as const]),
        ...(techniques.length === 0
          ? []
          : [['MITRE ATT&CK', <TechniqueLinks key="techniques" techniques={techniques} />] as const]),
      ]}
    />
  );
}

function About({ rule }: { readonly rule: RuleDetail }) {
  const { description, levels, level, rules, isTold, enabled } = rule;
  return (
    <Panel title="What it is about">
      <Text size="sm" className={styles['said']}>
        {description?.trim() ?? 'Its author has not described it.'}
      </Text>
      {!isTold && enabled && (
        <Text size="sm" className={styles['said']}>
          It is not told by itself: it is there for other rules, which put together what it sees.
        </Text>
      )}
      {levels.length > 0 && (
        <div>
          <Text size="sm" mb={4}>
            It is {SEVERITY_LOOKS[level].word.toLowerCase()}, but the first of these that is so changes that:
          </Text>
          <ul className={styles['points']}>
            {levels.map(({ level: meant, when }) => (
              <li key={when}>
                {SEVERITY_LOOKS[meant].word}: <Code>{when}</Code>
              </li>
            ))}
          </ul>
        </div>
      )}
      {rules.length > 0 && (
        <div>
          <Text size="sm" mb={4}>
            It puts together what these see:
          </Text>
          <ul className={styles['points']}>
            {rules.map(({ id, title }) => (
              <li key={id}>
                <AnchorLink to="/detection/rules/$rule" params={{ rule: id }} size="sm">
                  {title}
                </AnchorLink>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Panel>
  );
}

function Points({ title, points }: { readonly title: string; readonly points: readonly string[] }) {
  if (points.length === 0) return null;
  return (
    <Panel title={title}>
      <ul className={styles['points']}>
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </Panel>
  );
}
