import type { FindingSubject, IncidentDetail } from '@castellan/api';
import { Select, Stack, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { instantOf, isDay, localDay } from '../records/filters.js';
import { Dialog } from '../states/Dialog.js';
import { DialogForm } from '../states/DialogForm.js';
import { refused } from '../states/refused.js';
import { lastDayWords } from '../states/time-words.js';
import { rulesQuery, useSuppress } from './detection-queries.js';
import { countedRules } from './rule-words.js';
import type { SuppressionsSearch } from './suppressions-search.js';

const DAY_MS = 86_400_000;
/** Until when, where nobody says otherwise; and at most, as the host has it. */
const STANDARD_DAYS = 14;
const MOST_DAYS = 364;
const LEAST_REASON = 3;

interface SuppressDialogProps {
  /** Open where the address says so, with what it knows already. */
  readonly search: SuppressionsSearch;
  /** Where it is about what was found there: people know names, and rules that are not suppressed with it are still told of. */
  readonly incident?: Pick<IncidentDetail, 'rule' | 'subject' | 'found'>;
  readonly onClose: () => void;
}

export function SuppressDialog({ search, ...props }: SuppressDialogProps) {
  return (
    <Dialog title="Suppress for a while" opened={search.dialog === 'new'} onClose={props.onClose}>
      <SuppressForm search={search} {...props} />
    </Dialog>
  );
}

function SuppressForm({ search, incident, onClose }: SuppressDialogProps) {
  const about = incident?.subject;
  const others = new Set(incident?.found.map((one) => one.rule.id)).size - 1;
  const { data } = useQuery(rulesQuery);
  const [now] = useState(Date.now);
  const [rule, setRule] = useState<string | null>(search.rule ?? null);
  const [subject, setSubject] = useState(search.subject ?? '');
  const [day, setDay] = useState(() => localDay(new Date(now + STANDARD_DAYS * DAY_MS)));
  const [reason, setReason] = useState('');
  const save = useSuppress((made) => {
    notifications.show({ message: `Suppressed until the end of ${lastDayWords(Date.parse(made.until))}.` });
    onClose();
  });
  const problem = refused(save.error, ['rule', 'subject', 'until', 'reason']);
  // Until the end of the day that was chosen.
  const until = instantOf(day, '<');
  const [today, latest] = [localDay(new Date(now)), localDay(new Date(now + MOST_DAYS * DAY_MS))];
  const isOutside = isDay(day) && (day < today || day > latest);
  const said = subject.trim();
  const submit = (): void => {
    if (until !== undefined) save.mutate({ rule, subject: said === '' ? null : said, until, reason: reason.trim() });
  };
  return (
    <DialogForm
      label="Suppress"
      isPending={save.isPending}
      error={problem.whole}
      isIncomplete={(rule === null && said === '') || until === undefined || isOutside || reason.trim().length < LEAST_REASON}
      onSubmit={submit}
      onCancel={onClose}
    >
      <Stack gap="sm">
        <Select
          label="Rule"
          placeholder="Any rule"
          {...(others > 0 && { description: othersWords(others, rule === null) })}
          clearable
          clearButtonProps={{ 'aria-label': 'Any rule' }}
          searchable
          data={rulesOf(data?.items ?? (incident === undefined ? [] : [incident.rule]), rule)}
          value={rule}
          error={problem.of('rule')}
          onChange={setRule}
        />
        <TextInput
          label="Of whom"
          description={
            about !== undefined && said === about.key && about.key !== about.label
              ? `That is ${nameOf(about)}. Empty: whoever it is.`
              : 'An account by its login or by the provider’s id, or an IP address. Empty: whoever it is. One of rule and account has to be said.'
          }
          value={subject}
          error={problem.of('subject')}
          onChange={({ currentTarget }) => setSubject(currentTarget.value)}
        />
        <TextInput
          type="date"
          label="Until"
          description="At most a year: what nobody wants to hear of for ever is a rule to switch off."
          min={today}
          max={latest}
          withAsterisk
          value={day}
          error={problem.of('until') ?? (isOutside ? 'Choose a day within a year from now.' : undefined)}
          onChange={({ currentTarget }) => setDay(currentTarget.value)}
        />
        <Textarea
          label="Reason"
          description={`In ${LEAST_REASON} characters at least. It is shown with what is excepted, and in the audit log.`}
          withAsterisk
          data-autofocus
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

function nameOf({ label, detail }: FindingSubject): string {
  return detail === null || detail === label ? label : `${label}, ${detail}`;
}

function othersWords(others: number, isAnyRule: boolean): string {
  const found = `${countedRules(others)} ${others === 1 ? 'has' : 'have'} found something here besides`;
  return isAnyRule
    ? `${found}: all of it is suppressed.`
    : `${found}, and ${others === 1 ? 'is' : 'are'} still told of. Empty: all of it is suppressed.`;
}

/** One that the address names is there also where nobody knows it: the host says so then. */
function rulesOf(rules: readonly { readonly id: string; readonly title: string }[], chosen: string | null) {
  const known = rules.map(({ id, title }) => ({ value: id, label: title }));
  return chosen === null || rules.some(({ id }) => id === chosen) ? known : [...known, { value: chosen, label: chosen }];
}
