import type { ControlView, FrameworkView } from '@castellan/api';
import type { Queries } from '@castellan/storage';
import type { Check } from '../check/check.js';
import { type Framework, FRAMEWORKS } from '../frameworks/frameworks.js';
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
    return own.length === 0 && !whole ? [] : [controlView(control, name, own, stand)];
  });
  const count = (status: ControlView['status']): number => controls.filter((control) => control.status === status).length;
  const counts = { failed: count('failed'), passed: count('passed'), unknown: count('unknown'), unchecked: count(null) };
  return { id, title, version, whole, ...counts, controls };
}

function controlView(control: string, title: string, checks: readonly Check[], { results }: Standing): ControlView {
  const said = checks.map((check) => {
    const own = results.get(check.id) ?? [];
    const status = statusOf(own.map((result) => result.status));
    return { id: check.id, title: check.title, status, open: totals(own).open };
  });
  return { control, title, status: statusOf(said.map(({ status }) => status)), checks: said };
}
