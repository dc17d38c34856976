import type { CheckDetail, CheckParameter } from '@castellan/api';
import { NumberInput, Stack, Switch, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { DialogForm } from '../states/DialogForm.js';
import { refused } from '../states/refused.js';
import { changedParameters, limitProblem, parameterWords, rangeWords, textsOf, unitWords } from './parameter-words.js';
import { useCheckSettings } from './posture-queries.js';

interface CheckSettingsFormProps {
  readonly check: CheckDetail;
  readonly onDone: () => void;
}

/** As the fields have them: a number that is being typed may be none, and texts are lines. */
type Drafts = Readonly<Record<string, number | string>>;

function draftOf({ value }: CheckParameter): number | string {
  return typeof value === 'number' ? value : value.join('\n');
}

/** Limits of a check, and whether it is on. */
export function CheckSettingsForm({ check, onDone }: CheckSettingsFormProps) {
  const { id, parameters, settings } = check;
  const [enabled, setEnabled] = useState(settings.enabled);
  const [reason, setReason] = useState(settings.reason ?? '');
  const [drafts, setDrafts] = useState<Drafts>(() => Object.fromEntries(parameters.map((one) => [one.name, draftOf(one)])));
  const save = useCheckSettings(id, () => {
    notifications.show({ message: 'The settings are saved. The next look, within seconds, goes by them.' });
    onDone();
  });
  const problem = refused(save.error, ['reason', ...parameters.map(({ name }) => `parameters.${name}`)]);
  const lacksReason = !enabled && reason.trim() === '';
  const isWrong = parameters.some((one) => limitProblem(one, drafts[one.name] ?? '') !== undefined);
  const submit = (): void => {
    const values = parameters.map(({ name, type }) => {
      const draft = drafts[name] ?? '';
      return [name, type === 'texts' ? textsOf(String(draft)) : Number(draft)] as const;
    });
    const said = reason.trim();
    save.mutate({
      enabled,
      reason: said === '' ? null : said,
      parameters: changedParameters(parameters, Object.fromEntries(values)),
    });
  };
  return (
    <DialogForm
      label="Save"
      isPending={save.isPending}
      error={problem.whole}
      isIncomplete={lacksReason || isWrong}
      onSubmit={submit}
      onCancel={onDone}
    >
      <Stack gap="sm">
        <Text size="sm">They hold for all integrations of the workspace.</Text>
        <Switch
          label="The check is on"
          description={enabled ? undefined : 'Its findings are resolved, and it counts neither way.'}
          checked={enabled}
          onChange={({ currentTarget }) => {
            setEnabled(currentTarget.checked);
            // Why it was off is no reason for its being on; of what stays as it is the reason stays.
            setReason(currentTarget.checked === settings.enabled ? (settings.reason ?? '') : '');
          }}
        />
        {parameters.map((parameter) => (
          <Limit
            key={parameter.name}
            parameter={parameter}
            draft={drafts[parameter.name] ?? ''}
            error={limitProblem(parameter, drafts[parameter.name] ?? '') ?? problem.of(`parameters.${parameter.name}`)}
            onChange={(draft) => setDrafts({ ...drafts, [parameter.name]: draft })}
          />
        ))}
        <Textarea
          label="Reason"
          description={
            enabled
              ? 'It can be left out.'
              : 'Why it does not matter here. A few words will do, 500 characters at most: without a reason a check cannot be switched off.'
          }
          required={!enabled}
          autosize
          minRows={2}
          maxLength={500}
          value={reason}
          error={problem.of('reason')}
          // A label is one line.
          onChange={({ currentTarget }) => setReason(currentTarget.value.replaceAll(/\s*\n\s*/g, ' '))}
        />
      </Stack>
    </DialogForm>
  );
}

interface LimitProps {
  readonly parameter: CheckParameter;
  readonly draft: number | string;
  readonly error: string | undefined;
  readonly onChange: (draft: number | string) => void;
}

function Limit({ parameter, draft, error, onChange }: LimitProps) {
  const { title, type, default: byDefault } = parameter;
  const usual = `By default: ${parameterWords(type, byDefault)}.`;
  if (type === 'texts')
    return (
      <Textarea
        label={title}
        description={`One a line. ${usual}`}
        autosize
        minRows={2}
        maxRows={8}
        value={String(draft)}
        error={error}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    );
  const unit = unitWords(type);
  return (
    <NumberInput
      label={title}
      description={`${rangeWords(parameter)} ${usual}`}
      allowDecimal={false}
      // What is typed stays as it is typed: one that is put right by itself is saved before anybody sees it.
      clampBehavior="none"
      {...(unit !== '' && { suffix: unit === '%' ? unit : ` ${unit}` })}
      value={draft}
      error={error}
      onChange={onChange}
    />
  );
}
