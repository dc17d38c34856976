import type { RuleView } from '@castellan/api';
import { IconAdjustments, IconCircleCheck, IconLink, IconPlayerPause } from '@tabler/icons-react';
import { Look } from '../states/Look.js';
import type { StateLook } from '../states/state-look.js';
import { isChanged } from './rule-words.js';

const OFF: StateLook = { icon: IconPlayerPause, word: 'Switched off', color: 'gray' };
const CHANGED: StateLook = { icon: IconAdjustments, word: 'On, changed', color: 'blue' };
const QUIET: StateLook = { icon: IconLink, word: 'For other rules', color: 'gray' };
const ON: StateLook = { icon: IconCircleCheck, word: 'On', color: 'green' };

export function ruleLook(rule: Pick<RuleView, 'enabled' | 'setting' | 'isTold'>): StateLook {
  if (!rule.enabled) return OFF;
  if (isChanged(rule)) return CHANGED;
  return rule.isTold ? ON : QUIET;
}

/** Whether it looks at what happens, and as it says itself. */
export function RuleState({ rule }: { readonly rule: Pick<RuleView, 'enabled' | 'setting' | 'isTold'> }) {
  return <Look look={ruleLook(rule)} />;
}
