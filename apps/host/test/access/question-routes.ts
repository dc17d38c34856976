import type { Route } from '../../src/routes/routes.js';
import type { TestHost } from '../host-harness.js';

/** What is asked of each list, by its path without what is before `access/`; a file is asked for with the question of its list. */
const QUESTIONS: Readonly<Record<string, string>> = {
  reach: 'from=account:ana&to=application',
  'reached-by': 'to=application:aws',
  'reached-by/total': 'to=application:aws',
  why: 'from=account:ana&to=application:aws',
  loss: 'from=account:ana&group=eng&to=application',
  changes: 'of=account:ana&other=role&since=2026-05-01T00:00:00Z',
  'edge-changes': 'since=2026-05-01T00:00:00Z',
  unused: 'days=30',
  'unused-roles': 'days=30',
  suggestions: 'application=aws&days=30',
  usage: 'of=account:ana',
  graph: 'of=account:ana',
  reviews: '',
  search: 'q=ana',
  overview: '',
  administrators: '',
  'posture/overview': '',
  'posture/frameworks': '',
  'posture/report': '',
  'posture/checks': '',
  'posture/checks/:check': '',
  'posture/paths': '',
  findings: '',
  incidents: '',
  'incidents/summary': '',
  'findings/summary': '',
  'dry-run': '',
};

/** Reads or writes a few rows by their keys, or only asks for work to be done. */
const SMALL =
  /\/findings\/(:id|:id\/response|:id\/by-hand|changes)$|\/incidents\/(:id|:id\/timeline|:id\/response|changes)$|\/checks\/:check\/settings$|\/posture\/look$/;

/** A route that reads much, as it is asked about the organisation of these tests. */
export interface QuestionRoute {
  readonly method: string;
  /** As in the API document: `/api/integrations/{id}/access/reach`. */
  readonly template: string;
  /** Behind `/api`, with a question that is answered. */
  readonly path: string;
  readonly body: object | undefined;
}

/** Every route over access, posture, findings and incidents, and rules over the whole log: one that is new is asked, too, or has no question and fails. */
export function questionRoutes({ host }: TestHost, integration: string): readonly QuestionRoute[] {
  return host.routes
    .filter(({ path }) => /\/(access|posture|findings|incidents|dry-run)(\/|$)/.test(path) && !SMALL.test(path))
    .map((route) => asked(route, integration));
}

function asked({ method, path, hasBody }: Route, integration: string): QuestionRoute {
  const [, list = ''] =
    /(?:\/access\/|\/(?=posture\/|findings|incidents|dry-run))(.+?)(?:\/export\.:format)?$/.exec(path) ?? [];
  const question = QUESTIONS[list];
  if (question === undefined) throw new Error(`${path}: what is to be asked there?`);
  return {
    method,
    template: path.replaceAll(/:(\w+)/g, '{$1}'),
    path: `${path
      .replace(/^\/api/, '')
      .replace(':id', integration)
      .replace(':check', 'account-not-used')
      .replace(':format', 'csv')}${question === '' ? '' : `?${question}`}`,
    body: hasBody ? bodyOf(list) : undefined,
  };
}

function bodyOf(list: string): object {
  if (list !== 'dry-run') return { application: 'aws' };
  const content = 'title: Anything\nlogsource: {}\ndetection: { s: { eventType: anything }, condition: s }\n';
  return { content, days: 30 };
}
