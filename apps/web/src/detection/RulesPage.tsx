import type { RuleView } from '@castellan/api';
import { Stack, Table, Text } from '@mantine/core';
import { IconListSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { SEVERITY_LOOKS } from '../findings/severity-looks.js';
import { kept } from '../posture/posture-search.js';
import { AnchorLink, ButtonLink } from '../shell/links.js';
import { Empty } from '../states/Empty.js';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { Look } from '../states/Look.js';
import { PageTitle } from '../states/PageTitle.js';
import { SmallTable } from '../states/SmallTable.js';
import { rulesQuery, rulesSayingQuery } from './detection-queries.js';
import { readRulesSearch, type RulesChange, type RulesSearch } from './detection-search.js';
import { DetectionTabs } from './DetectionTabs.js';
import { RuleProblems } from './RuleProblems.js';
import { RulesFilters } from './RulesFilters.js';
import { RuleState } from './RuleState.js';
import { KIND_WORDS, SEARCHED, shownLevel, shownWords, sourceWords } from './rule-words.js';
import { shownRules } from './shown-rules.js';
import { Loading } from '../states/Loading.js';
import styles from './detection.module.css';

const LEAST_LETTERS = 3;
const TITLE = 'Detection rules';
const route = getRouteApi('/signed-in/detection/rules');

export function RulesPage() {
  return (
    <Guarded title={TITLE} needs="findings:read">
      <Rules />
    </Guarded>
  );
}

/** All rules over what happens, ours and those that were uploaded. */
function Rules() {
  const search = readRulesSearch(route.useSearch());
  const { data, error, refetch } = useQuery(rulesQuery);
  const navigate = useNavigate();
  const change = useCallback(
    (part: RulesChange, replace = false) =>
      void navigate({
        to: '/detection/rules',
        search: (now: Readonly<Record<string, unknown>>) => kept<RulesSearch>({ ...readRulesSearch(now), ...part }),
        replace,
        resetScroll: false,
      }),
    [navigate],
  );
  const all = data?.items ?? [];
  const { q = '' } = search;
  // What nearly all rules say narrows nothing.
  const saying = useQuery({ ...rulesSayingQuery(q), enabled: q.trim().length >= LEAST_LETTERS });
  const shown = shownRules(all, search, saying.data);
  return (
    <>
      <PageTitle title={TITLE} />
      <DetectionTabs chosen="/detection/rules" />
      <Stack gap="sm">
        <RulesFilters rules={all} search={search} change={change} />
        {error !== null && <Failed error={error} retry={() => void refetch()} />}
        {data === undefined && error === null && <Loading height={480} />}
        {data !== undefined && (
          <>
            <RuleProblems problems={data.problems} />
            <Text size="sm" c="dimmed" role="status">
              {shownWords(shown, all)} Hits are of the last 30 days.
            </Text>
            {shown.length === 0 && saying.isFetching && <Loading height={200} />}
            {shown.length === 0 && !saying.isFetching && (
              <Empty
                icon={IconListSearch}
                title="No rule matches"
                action={
                  <ButtonLink to="/detection/rules" variant="light">
                    Show all rules
                  </ButtonLink>
                }
              >
                {search.q !== undefined && `The search looks in ${SEARCHED}; each word must be somewhere in them. `}
                Choose fewer filters, or other words.
              </Empty>
            )}
            {shown.length > 0 && <RulesTable rules={shown} />}
          </>
        )}
      </Stack>
    </>
  );
}

function RulesTable({ rules }: { readonly rules: readonly RuleView[] }) {
  return (
    <SmallTable
      label="Detection rules"
      heads={['Rule', 'Level', 'Looks at', 'ATT&CK', 'Hits', 'State']}
      minWidth={860}
      hasActions={false}
      narrow="lines"
    >
      {rules.map((rule) => (
        <RuleRow key={rule.id} rule={rule} />
      ))}
    </SmallTable>
  );
}

function RuleRow({ rule }: { readonly rule: RuleView }) {
  const { id, title, author, source, kind, techniques, hits } = rule;
  const by = author === null || author === sourceWords(source) ? sourceWords(source) : `${sourceWords(source)} · by ${author}`;
  return (
    <Table.Tr>
      <Table.Td className={styles['entry']}>
        <AnchorLink to="/detection/rules/$rule" params={{ rule: id }} size="sm" display="block">
          {title}
        </AnchorLink>
        <Text size="xs" c="dimmed">
          {by}
        </Text>
      </Table.Td>
      <Table.Td>
        <Look look={SEVERITY_LOOKS[shownLevel(rule)]} />
      </Table.Td>
      <Table.Td>{KIND_WORDS[kind]}</Table.Td>
      <Table.Td>
        <span className={styles['ids']}>
          {techniques.length === 0
            ? '–'
            : techniques.map((one) => (
                <AnchorLink key={one.id} to="/detection/rules" search={{ technique: one.id }} size="xs" title={one.name}>
                  {one.id}
                </AnchorLink>
              ))}
        </span>
      </Table.Td>
      <Table.Td>
        {hits === 0 ? (
          <Text size="sm" c="dimmed" component="span">
            0
          </Text>
        ) : (
          <b>{hits.toLocaleString('en')}</b>
        )}
      </Table.Td>
      <Table.Td className={styles['nowrap']}>
        <RuleState rule={rule} />
      </Table.Td>
    </Table.Tr>
  );
}
