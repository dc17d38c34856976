import type { RouteHandler } from './route-handlers.js';

/** What can be asked at a path, e.g. at `/api/integrations/42`; empty: nothing. A `GET` answers `HEAD` too. */
export function methodsAt(routes: readonly RouteHandler[], path: string): readonly string[] {
  const asked = path.split('/');
  const methods = routes.filter((route) => isAt(route.path.split('/'), asked)).map(({ method }) => method);
  return [...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))].toSorted();
}

function isAt(pattern: readonly string[], asked: readonly string[]): boolean {
  if (pattern.length !== asked.length) return false;
  return pattern.every((part, index) => (part.startsWith(':') ? asked[index] !== '' : part === asked[index]));
}
