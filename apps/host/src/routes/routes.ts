import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { ModulesContainer } from '@nestjs/core';
import { type Access, endpointOf } from '../callers/endpoint.js';
import { type RouteHandler, routeHandlers } from './route-handlers.js';
import { inputsOf } from './route-inputs.js';

/** What the tests of permissions and of other workspaces go through, so that none of them can forget a route. */
export interface Route {
  readonly method: string;
  /** `/api/integrations/:id` */
  readonly path: string;
  /** `undefined`: it has no rule, and the guard refuses everybody. */
  readonly access: Access | undefined;
  /** `IntegrationsController.get` */
  readonly handlerName: string;
  /** Names of the parameters in the path. */
  readonly params: readonly string[];
  readonly hasBody: boolean;
}

export function routesOf(modules: ModulesContainer): readonly Route[] {
  return routeHandlers(modules).map((route) => {
    const { method, path, controller, name, handler } = route;
    return {
      method,
      path,
      access: endpointOf(handler)?.access,
      handlerName: `${controller.name}.${name}`,
      params: parametersOf(route),
      hasBody: inputsOf(route).some(({ place }) => place === RouteParamtypes.BODY),
    };
  });
}

export function parametersOf({ path }: Pick<RouteHandler, 'path'>): readonly string[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
}
