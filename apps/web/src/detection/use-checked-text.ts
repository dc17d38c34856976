import type { RuleCheckView } from '@castellan/api';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { ask } from '../api/ask.js';
import { DETECTION_KEY } from './detection-queries.js';

/** Whoever thinks about the next word is told by then. */
const PAUSE_MS = 500;

/**
 * What is wrong with a text of rules, some time after the last letter; a question about a text that is another by now is given up.
 * Until the next answer the last one stands: what comes and goes with each letter cannot be read.
 * @param isAsked whether it is not known otherwise
 * @returns `undefined`: not known, or not yet
 */
export function useCheckedText(content: string, isAsked: boolean): RuleCheckView | undefined {
  const [rested] = useDebouncedValue(content, PAUSE_MS);
  const isRested = rested === content && content.trim() !== '';
  const { data } = useQuery({
    queryKey: [...DETECTION_KEY, 'check', content],
    queryFn: ({ signal }) => ask<RuleCheckView>('POST', '/detection/rule-files/check', { body: { content }, signal }),
    enabled: isAsked && isRested,
    // Texts are long, and each is another key.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    // It only helps: what does not work is said by what is asked for.
    retry: false,
  });
  const last = useRef<RuleCheckView>(undefined);
  last.current = isAsked && content.trim() !== '' ? (data ?? last.current) : undefined;
  return last.current;
}
