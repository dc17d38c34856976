import type { CheckOfControl, ControlLimit, ControlView, FrameworkView } from '@castellan/api';
import type { Queries } from '@castellan/storage';
import type { Check } from '../check/check.js';
import { type Framework, FRAMEWORKS } from '../frameworks/frameworks.js';
import { isLaxer, type LimitOfControl } from '../frameworks/limit-of-control.js';
import { settingsOf, valuesOf } from '../settings/check-settings.js';
import { statusOf, totals } from './check-views.js';
import { type PostureQuestion, type Standing, standing } from './standing.js';

/** How the integrations stand before each framework; one that is written for a provider only where that one is connected. */
export async function frameworkViews(
  queries: Queries,
  question: Omit<PostureQuestion, 'providers'>,
): Promise<readonly FrameworkView[]> {
  const stand = await standing(queries, question);
  const connected = new Set(stand.integrations.map(({ connectorId }) => connectorId));
  return FRAMEWORKS.filter(({ only }) => only === undefined || connected.has(only)).map((framework) =>
    frameworkView(framework, question.checks, stand),
  );
}

function frameworkView(framework: Framework, checks: readonly Check[], stand: Standing): FrameworkView {
  const { id, title, version, whole } = framework;
  const speaking = checks.filter(({ frameworks }) => frameworks[id] !== undefined);
  const controls = [...framework.controls].flatMap(([control, name]): readonly ControlView[] => {
    // A list of ids of one framework, asked for any of its ids.
    const own = speaking.filter(({ frameworks }) => (frameworks[id] as readonly string[]).includes(control));
    if (own.length === 0 && !whole) return [];
    const said = own.map((check) => checkOfControl(check, framework.limits.get(control), stand));
    return [{ control, title: name, status: statusOf(said.map(({ status }) => status)), checks: said }];
  });
  const count = (status: ControlView['status']): number => controls.filter((control) => control.status === status).length;
  const counts = { failed: count('failed'), passed: count('passed'), unknown: count('unknown'), unchecked: count(null) };
  return { id, title, version, whole, ...counts, controls };
}

/** What a check says for a control. By a limit that is laxer than the control's nothing has passed. */
function checkOfControl(check: Check, asked: LimitOfControl | undefined, { results, settings }: Standing): CheckOfControl {
  const own = results.get(check.id) ?? [];
  const limit = asked === undefined ? null : limitView(check, asked, settings);
  const status = statusOf(own.map((result) => result.status));
  return {
    id: check.id,
    title: check.title,
    status: status === 'passed' && limit?.laxer === true ? 'unknown' : status,
    open: totals(own).open,
    limit,
  };
}

function limitView(check: Check, asked: LimitOfControl, settings: Standing['settings']): ControlLimit | null {
  const name = asked.of[check.id];
  const type = name === undefined ? undefined : check.parameters[name]?.type;
  const here = name === undefined ? undefined : valuesOf(check, settingsOf(settings, check))[name];
  if (type === undefined || type === 'texts' || typeof here !== 'number') return null;
  return { type, here, asked: asked.value, laxer: isLaxer(asked, here) };
}
