import type { FindingDetail, RuleDetail } from '@castellan/api';
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ruleQuery } from '../detection/detection-queries.js';
import { boundsWords, KIND_WORDS, timespanWords } from '../detection/rule-words.js';
import { Failed } from '../states/Failed.js';
import { Loading } from '../states/Loading.js';
import { Panel } from '../states/Panel.js';
import styles from './findings.module.css';

/** Why a rule has told of it: what the rule is about, what it asks for, and when that is no attack. */
export function FindingRule({ finding: { rule } }: { readonly finding: FindingDetail }) {
  const { data, error, refetch } = useQuery(ruleQuery(rule.id));
  if (data === undefined)
    return error === null ? <Loading height={120} /> : <Failed error={error} retry={() => void refetch()} />;
  const { description, falsePositives } = data;
  return (
    <Panel title="Why it was found">
      {description !== null && (
        <Text size="sm" maw={760} className={styles['said']}>
          {description.trim()}
        </Text>
      )}
      <Text size="sm" maw={760}>
        {askedWords(data)}
      </Text>
      {falsePositives.length > 0 && (
        <Text size="xs" c="dimmed" maw={760}>
          No attack, where it is: {falsePositives.map((one) => one.replace(/\.$/, '')).join('; ')}.
        </Text>
      )}
    </Panel>
  );
}

/** `The rule looks at: how many events, at least 3, within 10 minutes.` As the workspace has set it by now. */
function askedWords({ kind, bounds, timespan, setting, rules }: RuleDetail): string {
  const [isBounds, isTimespan] = [setting?.bounds ?? bounds, setting?.timespan ?? timespan];
  const kindWords = KIND_WORDS[kind];
  const parts = [
    kindWords.charAt(0).toLowerCase() + kindWords.slice(1),
    isBounds === null ? null : boundsWords(isBounds),
    isTimespan === null ? null : `within ${timespanWords(isTimespan)}`,
  ];
  const asked = `The rule looks at: ${parts.filter((part) => part !== null).join(', ')}.`;
  if (rules.length === 0) return asked;
  return `${asked} It puts together what these see: ${rules.map(({ title }) => title).join('; ')}.`;
}
