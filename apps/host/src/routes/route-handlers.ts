import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import type { ModulesContainer } from '@nestjs/core';

export const API_PREFIX = 'api';

/** A method of a controller, and where it answers. */
export interface RouteHandler {
  readonly method: string;
  /** As Express writes it: `/api/integrations/:id`. */
  readonly path: string;
  /** The class `IntegrationsController`. */
  readonly controller: Controller;
  readonly name: string;
  readonly handler: object;
}
export interface Controller {
  readonly name: string;
  readonly prototype: object;
}

/** Every route of the application, from the decorators that Nest itself reads, in the order of the modules. */
export function routeHandlers(modules: ModulesContainer): readonly RouteHandler[] {
  const controllers = [...modules.values()].flatMap((module) => [...module.controllers.values()]);
  return controllers.flatMap(({ metatype }) => (isController(metatype) ? handlersOf(metatype) : []));
}

/** Nest's types also allow for providers that are plain functions. */
function isController(type: unknown): type is Controller {
  return typeof type === 'function' && typeof type.prototype === 'object';
}

function handlersOf(controller: Controller): readonly RouteHandler[] {
  const above = pathsOf(controller);
  return Object.entries(Object.getOwnPropertyDescriptors(controller.prototype)).flatMap(([name, { value }]) => {
    const handler: unknown = value;
    if (typeof handler !== 'function') return [];
    const method: unknown = Reflect.getMetadata(METHOD_METADATA, handler);
    if (typeof method !== 'number') return [];
    return above.flatMap((start) =>
      pathsOf(handler).map((end) => ({
        method: RequestMethod[method] ?? '',
        path: ['', API_PREFIX, start, end]
          .map(trimmed)
          .filter((part, index) => index === 0 || part !== '')
          .join('/'),
        controller,
        name,
        handler,
      })),
    );
  });
}

/** Nest takes one path or several. */
function pathsOf(target: object): readonly string[] {
  const path: unknown = Reflect.getMetadata(PATH_METADATA, target);
  return (Array.isArray(path) ? path : [path]).map(String);
}

function trimmed(path: string): string {
  return path.replaceAll(/^\/+|\/+$/g, '');
}
