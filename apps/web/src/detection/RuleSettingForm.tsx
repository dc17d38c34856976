import type { BoundsView, RuleDetail, RuleSettingInput, Severity } from '@castellan/api';
import { NumberInput, Select, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { isSeverity, WORST_FIRST } from '../findings/severities.js';
import { SEVERITY_LOOKS } from '../findings/severity-looks.js';
import { DialogForm } from '../states/DialogForm.js';
import { refused } from '../states/refused.js';
import { useRuleSetting } from './detection-queries.js';
import { BOUND_NAMES, boundName, boundsWords, timespanWords } from './rule-words.js';

const LEAST_REASON = 3;
const LEVELS = WORST_FIRST.map((level) => ({ value: level, label: SEVERITY_LOOKS[level].word }));

interface RuleSettingFormProps {
  readonly rule: RuleDetail;
  readonly onDone: () => void;
}

/** As the fields have them: a number that is being typed may be none. */
type Drafts = Readonly<Partial<Record<keyof BoundsView, number | string>>>;

/** Whether a rule is on, its level, its numbers and its time. */
export function RuleSettingForm({ rule, onDone }: RuleSettingFormProps) {
  const { setting } = rule;
  const [enabled, setEnabled] = useState(rule.enabled);
  const [level, setLevel] = useState<Severity | null>(setting?.level ?? null);
  const [drafts, setDrafts] = useState<Drafts>(setting?.bounds ?? rule.bounds ?? {});
  const [timespan, setTimespan] = useState(setting?.timespan ?? rule.timespan ?? '');
  const [reason, setReason] = useState(setting?.reason ?? '');
  const save = useRuleSetting(rule.id, () => {
    notifications.show({ message: 'The settings are saved. What happens from now on is held against them.' });
    onDone();
  });
  const names = BOUND_NAMES.filter((name) => rule.bounds?.[name] !== undefined);
  const problem = refused(save.error, ['reason', 'level', 'timespan', 'bounds', ...names.map((name) => `bounds.${name}`)]);
  const bounds = boundsOf(names, drafts);
  const isIncomplete =
    (!enabled && reason.trim().length < LEAST_REASON) ||
    (rule.bounds !== null && bounds === undefined) ||
    (rule.timespan !== null && timespan.trim() === '');
  const submit = (): void => {
    const said = reason.trim();
    // Only what is not as the rule says: the rest goes on to follow what a later release says.
    const input: RuleSettingInput = {
      enabled,
      level,
      bounds: bounds === undefined || names.every((name) => bounds[name] === rule.bounds?.[name]) ? null : bounds,
      timespan: rule.timespan === null || timespan.trim() === rule.timespan ? null : timespan.trim(),
      reason: said === '' ? null : said,
    };
    save.mutate(input);
  };
  return (
    <DialogForm
      label="Save"
      isPending={save.isPending}
      error={problem.whole}
      isIncomplete={isIncomplete}
      onSubmit={submit}
      onCancel={onDone}
    >
      <Stack gap="sm">
        <Text size="sm">They hold for all integrations of the workspace, from the next event on.</Text>
        <Switch
          label="The rule is on"
          description={enabled ? undefined : 'It finds nothing any more. What it has found stays.'}
          checked={enabled}
          onChange={({ currentTarget }) => setEnabled(currentTarget.checked)}
        />
        <Select
          label="Level"
          description={
            rule.levels.length === 0
              ? undefined
              : 'The rule says different levels by what happens; one that is set here is for all.'
          }
          placeholder={`As the rule says: ${SEVERITY_LOOKS[rule.level].word.toLowerCase()}`}
          clearable
          clearButtonProps={{ 'aria-label': 'As the rule says' }}
          data={LEVELS}
          value={level}
          error={problem.of('level')}
          onChange={(chosen) => setLevel(isSeverity(chosen ?? undefined) ? (chosen as Severity) : null)} // asked just now
        />
        <BoundFields rule={rule} names={names} drafts={drafts} errorOf={problem.of} onChange={setDrafts} />
        {rule.timespan !== null && (
          <TextInput
            label="Within"
            description={`A number with s, m, h or d, like 90m. The rule says: ${timespanWords(rule.timespan)}.`}
            value={timespan}
            error={problem.of('timespan')}
            onChange={({ currentTarget }) => setTimespan(currentTarget.value)}
          />
        )}
        <Textarea
          label="Reason"
          description={
            enabled
              ? 'It can be left out.'
              : `Why it does not matter here, in ${LEAST_REASON} characters at least: without a reason a rule cannot be switched off.`
          }
          required={!enabled}
          autosize
          minRows={2}
          maxLength={500}
          value={reason}
          error={problem.of('reason')}
          // The host takes one line.
          onChange={({ currentTarget }) => setReason(currentTarget.value.replaceAll(/\s*\n\s*/g, ' '))}
        />
      </Stack>
    </DialogForm>
  );
}

interface BoundFieldsProps {
  readonly rule: RuleDetail;
  readonly names: readonly (keyof BoundsView)[];
  readonly drafts: Drafts;
  readonly errorOf: (field: string) => string | undefined;
  readonly onChange: (drafts: Drafts) => void;
}

function BoundFields({ rule: { bounds }, names, drafts, errorOf, onChange }: BoundFieldsProps) {
  return names.map((name) => (
    <NumberInput
      key={name}
      label={boundName(name)}
      description={`The rule says: ${boundsWords({ [name]: bounds?.[name] ?? 0 })}.`}
      clampBehavior="none"
      value={drafts[name] ?? ''}
      error={errorOf(`bounds.${name}`) ?? errorOf('bounds')}
      onChange={(value) => onChange({ ...drafts, [name]: value })}
    />
  ));
}

/** `undefined`: one of them is no number yet. */
function boundsOf(names: readonly (keyof BoundsView)[], drafts: Drafts): BoundsView | undefined {
  const entries = names.map((name) => [name, drafts[name] === '' ? Number.NaN : Number(drafts[name])] as const);
  return entries.every(([, value]) => Number.isFinite(value)) ? Object.fromEntries(entries) : undefined;
}
