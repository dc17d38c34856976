import type { ActionPlanInput, OfferedAction, PossibleAction } from '@castellan/api';
import { Text } from '@mantine/core';
import { useState } from 'react';
import { readForm } from '../form/form-schema.js';
import { changed, settingsOf, valuesOf } from '../form/form-values.js';
import { SettingsForm } from '../form/SettingsForm.js';
import { Dialog } from '../states/Dialog.js';
import { DialogForm } from '../states/DialogForm.js';
import type { ActionCause } from './action-queries.js';
import { PlanStep } from './PlanStep.js';
import { kindOfField, RecordChoice } from './RecordChoice.js';
import { RequestStep } from './RequestStep.js';

/** An action, and what it is told already. */
export interface Chosen {
  readonly integration: string;
  readonly action: OfferedAction;
  readonly possible: Pick<PossibleAction, 'input' | 'open'>;
  readonly cause?: ActionCause;
  /** The request that it takes back. */
  readonly undoOf?: string;
}

interface ActDialogProps {
  /** `undefined`: it is closed. */
  readonly chosen: Chosen | undefined;
  readonly onClose: () => void;
}

/** First what is missing, then what would be done, then what became of it. */
export function ActDialog({ chosen, onClose }: ActDialogProps) {
  return (
    <Dialog title={chosen?.action.title ?? ''} size="lg" opened={chosen !== undefined} onClose={onClose}>
      {chosen !== undefined && <Act chosen={chosen} onClose={onClose} />}
    </Dialog>
  );
}

function Act({ chosen, onClose }: { readonly chosen: Chosen; readonly onClose: () => void }) {
  const { action, possible } = chosen;
  const [wanted, setWanted] = useState<ActionPlanInput | undefined>(
    possible.open.length === 0 ? { action: action.name, input: possible.input } : undefined,
  );
  const [told, setTold] = useState(possible.input);
  const [request, setRequest] = useState<string>();
  if (request !== undefined) return <RequestStep id={request} onClose={onClose} />;
  const ask = (one: ActionPlanInput): void => {
    setTold(one.input);
    setWanted(one);
  };
  if (wanted === undefined) return <AskStep chosen={chosen} told={told} onWanted={ask} onClose={onClose} />;
  return (
    <PlanStep
      chosen={chosen}
      wanted={wanted}
      onRequested={({ id }) => setRequest(id)}
      {...(possible.open.length > 0 && { onBack: () => setWanted(undefined) })}
      onClose={onClose}
    />
  );
}

interface AskStepProps {
  readonly chosen: Chosen;
  /** What was typed before, where somebody has come back to change it. */
  readonly told: ActionPlanInput['input'];
  readonly onWanted: (wanted: ActionPlanInput) => void;
  readonly onClose: () => void;
}

/** What the record does not say. */
function AskStep({ chosen: { integration, action, possible }, told, onWanted, onClose }: AskStepProps) {
  const fields = readForm(action.form);
  const [values, setValues] = useState(() => valuesOf(fields, told));
  // What is known already is not asked again: another one is another record's.
  const asked = fields.filter(({ path }) => !(path in possible.input));
  const settings = settingsOf(fields, values);
  const isIncomplete = possible.open.some((field) => settings[field] === undefined);
  return (
    <DialogForm
      label="Show what it would do"
      isPending={false}
      error={undefined}
      isIncomplete={isIncomplete}
      // A form of an action has texts, numbers and choices: what JSON has.
      onSubmit={() => onWanted({ action: action.name, input: settings as ActionPlanInput['input'] })}
      onCancel={onClose}
    >
      <Text size="sm">{action.summary}</Text>
      {asked.map((field) => {
        const kind = kindOfField(field);
        return kind === undefined ? null : (
          <RecordChoice
            key={field.key}
            integration={integration}
            kind={kind}
            field={field}
            value={String(values.get(field.key) ?? '')}
            onChange={(key) => setValues(changed(values, field.key, key))}
          />
        );
      })}
      <SettingsForm
        fields={asked.filter((field) => kindOfField(field) === undefined)}
        form={{
          values,
          issues: new Map(),
          hints: new Map(),
          stored: new Map(),
          disabled: false,
          change: (key, value) => setValues(changed(values, key, value)),
          enter: () => undefined,
          leave: () => undefined,
        }}
      />
    </DialogForm>
  );
}
