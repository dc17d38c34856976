import { AccessModule } from '../../src/access/access.module.js';
import type { Route } from '../../src/routes/routes.js';
import { DEFAULT_LIMITS } from '../../src/throttle/limits.js';
import type { TestHost } from '../host-harness.js';

/** What is asked of each list of access, by what its path says after `access/`; a file is asked for with the question of its list. */
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
};

/** A route of the module of access, as it is asked about the organisation of these tests. */
export interface QuestionRoute {
  readonly method: string;
  /** As in the API document: `/api/integrations/{id}/access/reach`. */
  readonly template: string;
  /** Behind `/api`, with a question that is answered. */
  readonly path: string;
  readonly body: object | undefined;
}

/** Every route of the module, from its controllers: one that is new is asked, too, or has no question and fails. */
export function questionRoutes({ host }: TestHost, integration: string): readonly QuestionRoute[] {
  const { controllers = [] } = AccessModule.register(DEFAULT_LIMITS);
  const names = new Set(controllers.map(({ name }) => name));
  return host.routes
    .filter(({ handlerName }) => names.has(handlerName.slice(0, handlerName.indexOf('.'))))
    .map((route) => asked(route, integration));
}

function asked({ method, path, hasBody }: Route, integration: string): QuestionRoute {
  const [, list = ''] = /\/access\/(.+?)(?:\/export\.:format)?$/.exec(path) ?? [];
  const question = QUESTIONS[list];
  if (question === undefined) throw new Error(`${path}: what is to be asked there?`);
  return {
    method,
    template: path.replaceAll(/:(\w+)/g, '{$1}'),
    path: `${path
      .replace(/^\/api/, '')
      .replace(':id', integration)
      .replace(':format', 'csv')}${question === '' ? '' : `?${question}`}`,
    body: hasBody ? { application: 'aws' } : undefined,
  };
}
