import type { Severity } from '@castellan/api';
import { Select } from '@mantine/core';
import { SEVERITY_LOOKS } from '../findings/severity-looks.js';
import { WORST_FIRST } from '../findings/severities.js';

const ALL = 'all';
const CHOICES = [
  { value: ALL, label: 'All of them' },
  ...WORST_FIRST.filter((severity) => severity !== 'informational').map((value) => ({
    value,
    label: `${SEVERITY_LOOKS[value].word} and worse`,
  })),
];

interface LeastSeverityProps {
  /** `null`: all. */
  readonly value: Severity | null;
  readonly error: string | undefined;
  readonly onChange: (severity: Severity | null) => void;
}

/** How bad what rules have found must be for a receiver to be told of it. */
export function LeastSeverity({ value, error, onChange }: LeastSeverityProps) {
  return (
    <Select
      label="How bad findings and incidents must be"
      description="Events that have no severity come all the same."
      data={CHOICES}
      value={value === null || value === 'informational' ? ALL : value}
      allowDeselect={false}
      error={error}
      onChange={(chosen) => onChange(WORST_FIRST.find((severity) => severity === chosen) ?? null)}
    />
  );
}
