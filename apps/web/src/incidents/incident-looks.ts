import type { Confidence, IncidentStatus, IncidentView, Verdict } from '@castellan/api';
import { IconBellOff, IconCircleCheck, IconCircleDot, IconEye, IconFlask, IconSword, IconUserCheck } from '@tabler/icons-react';
import type { StateLook } from '../states/state-look.js';

export const INCIDENT_LOOKS: Readonly<Record<IncidentStatus, StateLook>> = {
  open: { icon: IconCircleDot, word: 'Open', color: 'orange' },
  acknowledged: { icon: IconEye, word: 'Acknowledged', color: 'blue' },
  closed: { icon: IconCircleCheck, word: 'Closed', color: 'green' },
};

export const VERDICT_LOOKS: Readonly<Record<Verdict, StateLook>> = {
  attack: { icon: IconSword, word: 'Real attack', color: 'red' },
  benign: { icon: IconUserCheck, word: 'Allowed', color: 'green' },
  test: { icon: IconFlask, word: 'Test', color: 'blue' },
  false_alarm: { icon: IconBellOff, word: 'False alarm', color: 'gray' },
};

/** Closed ones show what they were. */
export function incidentLook({ status, verdict }: Pick<IncidentView, 'status' | 'verdict'>): StateLook {
  return status === 'closed' && verdict !== null ? VERDICT_LOOKS[verdict] : INCIDENT_LOOKS[status];
}

export const CONFIDENCE_WORDS: Readonly<Record<Confidence, string>> = { high: 'High', medium: 'Medium', low: 'Low' };
