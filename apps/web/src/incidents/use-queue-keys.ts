import { useLocalStorage } from '@mantine/hooks';
import { useCallback, useEffect, useRef, useState } from 'react';

/** What a key does with an incident, or with those that are selected. */
export type QueueAct = 'acknowledge' | 'false_alarm' | 'attack' | 'select' | 'open' | 'help';

const ACTS: Readonly<Record<string, QueueAct>> = {
  a: 'acknowledge',
  f: 'false_alarm',
  r: 'attack',
  x: 'select',
  Enter: 'open',
  '?': 'help',
};
const MOVES: Readonly<Record<string, number>> = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };

/** Single letters get in the way of who speaks to the machine: they can be switched off, and that is remembered. */
export function useKeysOn() {
  return useLocalStorage({ key: 'castellan-queue-keys', defaultValue: true, getInitialValueInEffect: false });
}

/** Where the title of an incident in the queue is found. */
export function titleId(id: string): string {
  return `incident-${id}`;
}

interface QueueKeys {
  /** Ids in the order on screen. */
  readonly ids: readonly string[];
  /** @param id the incident that the keys are for; `undefined`: there is none */
  readonly onAct: (act: QueueAct, id: string | undefined) => void;
}

/**
 * Works through a queue by keyboard. The current one is the one whose title has the focus, or had it last; where it has left the
 * queue, the one that has come into its place.
 */
export function useQueueKeys({ ids, onAct }: QueueKeys) {
  const [isOn] = useKeysOn();
  const [chosen, setChosen] = useState<string>();
  const place = useRef(0);
  const found = chosen === undefined ? -1 : ids.indexOf(chosen);
  if (found >= 0) place.current = found;
  const index = found >= 0 ? found : Math.min(place.current, ids.length - 1);
  const current = chosen === undefined ? undefined : ids[index];

  const focus = useCallback((id: string | undefined): void => {
    if (id === undefined) return;
    setChosen(id);
    const title = document.getElementById(titleId(id));
    title?.focus({ preventScroll: true });
    title?.closest('tr')?.scrollIntoView({ block: 'nearest' });
  }, []);

  const onKey = useRef<(event: KeyboardEvent) => void>(() => undefined);
  onKey.current = (event) => {
    if (!isOn || event.defaultPrevented || isElsewhere(event)) return;
    const step = MOVES[event.key];
    const act = ACTS[event.key];
    if (step !== undefined) {
      // Arrows scroll the page, unless somebody is in the queue.
      if (event.key.startsWith('Arrow') && !isInQueue(event.target)) return;
      event.preventDefault();
      focus(ids[current === undefined ? 0 : Math.max(0, Math.min(ids.length - 1, index + step))]);
    } else if (act !== undefined) {
      // A button, a link or a box does by itself what Enter does with it.
      if (act === 'open' && event.target !== document.body && event.target !== document.querySelector('#page')) return;
      event.preventDefault();
      onAct(act, current);
    }
  };
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey.current(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  return { current, choose: setChosen, focus };
}

/** With Ctrl and the like keys are the browser's; in a field they are letters; in a menu or a dialog they are for that. */
function isElsewhere({ target, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  if (ctrlKey || altKey || metaKey || isDialogOpen()) return true;
  if (!(target instanceof HTMLElement)) return false;
  const isText = target instanceof HTMLInputElement && target.type !== 'checkbox';
  return isText || target.closest('textarea, select, [contenteditable="true"], [role="menu"], [role="listbox"]') !== null;
}

function isDialogOpen(): boolean {
  return [...document.querySelectorAll('[role="dialog"]')].some((dialog) => dialog.closest('[data-going="true"]') === null);
}

function isInQueue(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[data-queue]') !== null;
}
