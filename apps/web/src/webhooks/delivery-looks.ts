import type { DeliveryState, DeliveryView, WebhookView } from '@castellan/api';
import {
  IconAlertCircle,
  IconCircleCheck,
  IconCircleOff,
  IconCircleX,
  IconHourglass,
  IconPlugConnectedX,
  IconRefresh,
} from '@tabler/icons-react';
import type { StateLook } from '../states/state-look.js';

export const STATE_WORDS: Readonly<Record<DeliveryState, string>> = {
  pending: 'On the way',
  delivered: 'Delivered',
  dead: 'Given up',
};

export function isDeliveryState(state: unknown): state is DeliveryState {
  return typeof state === 'string' && Object.hasOwn(STATE_WORDS, state);
}

export const CAUSE_WORDS: Readonly<Record<DeliveryView['cause'], string>> = {
  event: 'as it happened',
  test: 'a test',
  redelivery: 'sent once more',
};

export function deliveryLook({ state, attempts, mail }: Pick<DeliveryView, 'state' | 'attempts' | 'mail'>): StateLook {
  if (state === 'delivered' && mail !== null && mail.refused.length > 0)
    return { icon: IconAlertCircle, word: `Delivered, not to ${mail.refused.length}`, color: 'orange' };
  if (state === 'delivered') return { icon: IconCircleCheck, word: STATE_WORDS.delivered, color: 'green' };
  if (state === 'dead') return { icon: IconCircleX, word: STATE_WORDS.dead, color: 'red' };
  if (attempts.length > 0) return { icon: IconRefresh, word: 'Failed, tries again', color: 'orange' };
  return { icon: IconHourglass, word: STATE_WORDS.pending, color: 'blue' };
}

export function webhookLook({ isEnabled, disabledReason }: Pick<WebhookView, 'isEnabled' | 'disabledReason'>): StateLook {
  if (isEnabled) return { icon: IconCircleCheck, word: 'On', color: 'green' };
  if (disabledReason === 'gone') return { icon: IconPlugConnectedX, word: 'Off: the receiver said it is gone', color: 'red' };
  return { icon: IconCircleOff, word: 'Off', color: 'gray' };
}

/** `204 in 41 ms`, or why there was no answer that counts. */
export function attemptWords({ status, error, ms }: DeliveryView['attempts'][number]): string {
  if (error === null) return `${status ?? 'answered'} in ${ms} ms`;
  return `${error} After ${ms} ms.`;
}
