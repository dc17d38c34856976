import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import type { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { InputPipe } from '../input/input-pipe.js';
import type { RouteHandler } from './route-handlers.js';

/** A parameter of a handler that Nest fills from the request. */
export interface RouteInput {
  readonly place: RouteParamtypes;
  /** The class that it is checked against, where there is one. */
  readonly type: (new () => object) | undefined;
}

export function inputsOf({ controller, name }: Pick<RouteHandler, 'controller' | 'name'>): readonly RouteInput[] {
  // Nest writes it: `{ '3:1': { index: 1, data, pipes } }`, the place before the colon. A decorator of our own has hexadecimal digits
  // there that are others with every start, and may begin with one that is a place.
  const written = Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) as
    | Readonly<Record<string, { readonly pipes?: readonly unknown[] }>>
    | undefined;
  return Object.entries(written ?? {}).flatMap(([key, { pipes = [] }]) => {
    const place = /^(\d+):/.exec(key)?.[1];
    return place === undefined ? [] : [{ place: Number(place), type: pipes.find((pipe) => pipe instanceof InputPipe)?.type }];
  });
}
