import { DETECTION_KINDS, type RuleView } from '@castellan/api';
import { Group, SegmentedControl } from '@mantine/core';
import { useCallback } from 'react';
import { WORST_FIRST } from '../findings/severities.js';
import { SEVERITY_LOOKS } from '../findings/severity-looks.js';
import { FilterChoice } from '../states/FilterChoice.js';
import { WordsBox } from '../states/WordsBox.js';
import type { RulesChange, RulesSearch } from './detection-search.js';
import { KIND_WORDS, SEARCHED, sourceWords } from './rule-words.js';
import { tacticsOf, techniquesOf } from './coverage.js';
import styles from './detection.module.css';

const LEVELS = WORST_FIRST.map((level) => ({ value: level, label: SEVERITY_LOOKS[level].word }));
const STATES = [
  { value: 'on', label: 'On' },
  { value: 'changed', label: 'Changed here' },
  { value: 'off', label: 'Switched off' },
] as const;
const HITS = [
  { value: 'some', label: 'With hits' },
  { value: 'none', label: 'Without hits' },
] as const;
const SORTS = [
  { value: 'worst', label: 'Worst first' },
  { value: 'hits', label: 'Most hits' },
];

interface RulesFiltersProps {
  readonly rules: readonly RuleView[];
  readonly search: RulesSearch;
  /** @param replace no step of its own to go back to */
  readonly change: (part: RulesChange, replace?: boolean) => void;
}

/** What narrows the catalogue; all of it stands in the address. */
export function RulesFilters({ rules, search, change }: RulesFiltersProps) {
  const changeWords = useCallback((q: string | undefined, isFurther: boolean) => change({ q }, isFurther), [change]);
  const kinds = DETECTION_KINDS.filter((kind) => rules.some((rule) => rule.kind === kind));
  const sources = [...new Set(rules.map(({ source }) => source))];
  const { level, kind, technique, tactic, source, state, hits, sort = 'worst' } = search;
  return (
    <Group gap="xs" role="search" aria-label="Filters" className={styles['filters']}>
      <WordsBox label="Search rules" title={`Looks in ${SEARCHED}`} width={220} q={search.q} onChange={changeWords} />
      <FilterChoice
        name="Level"
        all="Any level"
        choices={LEVELS}
        value={level}
        width={140}
        onChoose={(one) => change({ level: one })}
      />
      <FilterChoice
        name="Kind"
        all="Any kind"
        choices={kinds.map((one) => ({ value: one, label: KIND_WORDS[one] }))}
        value={kind}
        width={210}
        onChoose={(one) => change({ kind: one })}
      />
      <FilterChoice
        name="Tactic"
        all="Any tactic"
        choices={tacticsOf(rules).map((one) => ({ value: one, label: one }))}
        value={tactic}
        width={170}
        onChoose={(one) => change({ tactic: one })}
      />
      <FilterChoice
        name="Technique"
        all="Any technique"
        choices={techniquesOf(rules).map(({ id, name }) => ({ value: id, label: `${id} ${name}` }))}
        value={technique}
        width={210}
        isSearchable
        onChoose={(one) => change({ technique: one })}
      />
      {(sources.length > 1 || source !== undefined) && (
        <FilterChoice
          name="Source"
          all="Any source"
          choices={sources.map((one) => ({ value: one, label: sourceWords(one) }))}
          value={source}
          width={150}
          onChoose={(one) => change({ source: one })}
        />
      )}
      <FilterChoice
        name="State"
        all="On or off"
        choices={STATES}
        value={state}
        width={140}
        onChoose={(one) => change({ state: one })}
      />
      <FilterChoice
        name="Hits"
        all="Any hits"
        choices={HITS}
        value={hits}
        width={130}
        onChoose={(one) => change({ hits: one })}
      />
      <SegmentedControl
        ml="auto"
        size="xs"
        aria-label="Order"
        data={SORTS}
        value={sort}
        onChange={(one) => change({ sort: one === 'hits' ? one : undefined })}
      />
    </Group>
  );
}
