import { type CheckResult, type CheckStatus, type CheckView, SEVERITIES, type Severity } from '@castellan/api';
import type { Queries } from '@castellan/storage';
import type { Check } from '../check/check.js';
import { POPULATIONS } from '../check/population.js';
import { settingsOf } from '../settings/check-settings.js';
import { controlsOf } from './controls-of.js';
import { keywordsOf } from './keywords.js';
import { reasonViews } from './reason-messages.js';
import { type PostureQuestion, type Standing, standing, type StandingResult } from './standing.js';

/** All checks, in their order, with what they say of the integrations that were asked for. */
export async function checkViews(queries: Queries, question: PostureQuestion): Promise<readonly CheckView[]> {
  const stand = await standing(queries, question);
  return question.checks.map((check) => checkView(check, stand, question.providers));
}

export function checkView(check: Check, stand: Standing, providers: PostureQuestion['providers']): CheckView {
  const results = stand.results.get(check.id) ?? [];
  return {
    id: check.id,
    title: check.title,
    area: check.area,
    severity: check.severity,
    subject: check.subject,
    population: POPULATIONS[check.population].words,
    effort: check.effort,
    why: check.why,
    keywords: keywordsOf(check),
    frameworks: controlsOf(check),
    status: statusOf(results.map(({ status }) => status)),
    ...totals(results),
    worst: worstOf(results),
    enabled: settingsOf(stand.settings, check).enabled,
    results: results.map((result) => resultView(result, providers)),
  };
}

/** Of several organisations, or several checks. Nothing at all says nothing. */
export function statusOf(statuses: readonly (CheckStatus | null)[]): CheckStatus | null {
  if (statuses.includes('failed')) return 'failed';
  if (statuses.includes('unknown')) return 'unknown';
  return statuses.includes('passed') ? 'passed' : null;
}

/** The severity of the worst finding that is to be worked through; `null`: there is none. */
export function worstOf(results: readonly StandingResult[]): Severity | null {
  const worst = Math.max(0, ...results.map((result) => result.worst ?? 0));
  return worst === 0 ? null : (SEVERITIES[worst - 1] ?? null);
}

export function totals(results: readonly StandingResult[]): Pick<CheckView, 'open' | 'excepted' | 'examined'> {
  let [open, excepted, examined] = [0, 0, 0];
  for (const result of results) {
    open += result.open;
    excepted += result.excepted;
    examined += result.examined;
  }
  return { open, excepted, examined };
}

function resultView(
  { integration, reasons, evaluatedAt, since, status, open, excepted, examined }: StandingResult,
  providers: PostureQuestion['providers'],
): CheckResult {
  return {
    integration: { id: integration.id, name: integration.name },
    status,
    reasons: reasonViews(reasons, integration, providers),
    open,
    excepted,
    examined,
    evaluatedAt: evaluatedAt.toISOString(),
    since: since.toISOString(),
  };
}
