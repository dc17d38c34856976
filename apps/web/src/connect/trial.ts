import type { ConnectorDetail, FieldProblem, HintedReport } from '@castellan/api';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { ApiError } from '../api/api-error.js';
import { ask, at } from '../api/ask.js';
import type { JsonObject } from '../form/form-schema.js';
import type { Connection } from './connection.js';
import type { Findings } from './findings.js';

/** Trying a connection out, by itself or while it is stored. */
export interface Trial {
  /** Of the last time; `undefined`: it was never tried. */
  readonly findings: Findings | undefined;
  /** Whether the settings are others by now. */
  readonly isStale: boolean;
  /** What concerns no field: that the organisation is connected already. */
  readonly remark: string | undefined;
  readonly isRunning: boolean;
  /** Why there is no result. */
  readonly error: unknown;
  run(): void;
  cancel(): void;
  /** Tells the settings that would be tried now from others. */
  readonly fingerprint: string;
  /**
   * Takes what the host says against settings that it was to store, as far as it concerns the connection.
   * @param of the fingerprint of these settings
   */
  refused(error: unknown, of: string): void;
}

/** One try, with what was tried. */
interface Attempt {
  readonly config: JsonObject;
  readonly of: string;
  readonly signal: AbortSignal;
}

const CONFIG = 'config.';

export function useTrial({ id }: ConnectorDetail, connection: Connection): Trial {
  const [findings, setFindings] = useState<Findings>();
  const [remark, setRemark] = useState<string>();
  const over = useRef<AbortController>(undefined);
  const { settings, fingerprint, place } = connection;

  const test = useMutation({
    // What is tried travels along: the settings can be others when the answer comes.
    mutationFn: ({ config, signal }: Attempt) =>
      ask<HintedReport>('POST', `${at('connectors', id)}/test`, { body: { config }, signal }),
    onSuccess: ({ checks, hints }, { of }) => {
      setFindings({ checks, isWhole: true, of });
      const placed = hints.map(({ field, message }) => ({ field: settingOf(field) ?? field, message }));
      setRemark(placed.find(({ field }) => field === '')?.message);
      place({ issues: issuesOf(checks), hints: placed.filter(({ field }) => field !== ''), isLed: false });
    },
    onError: (error) => place({ issues: configProblems(error), isLed: true }),
  });

  return {
    findings,
    fingerprint,
    isStale: findings !== undefined && findings.of !== fingerprint,
    remark,
    isRunning: test.isPending,
    error: isAborted(test.error) ? undefined : unplaced(test.error, []),
    run: () => {
      over.current = new AbortController();
      test.mutate({ config: settings, of: fingerprint, signal: over.current.signal });
    },
    cancel: () => over.current?.abort(),
    refused: (error, of) => {
      const checks = error instanceof ApiError ? error.problem.checks : undefined;
      if (checks !== undefined) setFindings({ checks, isWhole: false, of });
      place({ issues: checks === undefined ? configProblems(error) : issuesOf(checks), isLed: true });
    },
  };
}

/**
 * What is left of an error when its fields and its checks are shown where they belong.
 * @param own fields beside the settings that show what is wrong with them
 */
export function unplaced(error: unknown, own: readonly string[]): unknown {
  if (error === null || error === undefined) return undefined;
  if (!(error instanceof ApiError)) return error;
  if (error.problem.checks !== undefined) return undefined;
  const isShown = ({ field }: FieldProblem): boolean => own.includes(field) || settingOf(field) !== undefined;
  return error.fields.length > 0 && error.fields.every(isShown) ? undefined : error;
}

/** Settings that a check has found wrong. */
function issuesOf(checks: Findings['checks']): readonly FieldProblem[] {
  return checks.flatMap(({ status, error }) =>
    status === 'failed' && error?.field !== undefined ? [{ field: error.field, message: error.message }] : [],
  );
}

function configProblems(error: unknown): readonly FieldProblem[] {
  if (!(error instanceof ApiError)) return [];
  return error.fields.flatMap(({ field, message }) => {
    const setting = settingOf(field);
    return setting === undefined ? [] : [{ field: setting, message }];
  });
}

/** The path of a setting, `''` for all of them; `undefined` for what is none. */
function settingOf(field: string): string | undefined {
  if (field === 'config') return '';
  return field.startsWith(CONFIG) ? field.slice(CONFIG.length) : undefined;
}

function isAborted(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
