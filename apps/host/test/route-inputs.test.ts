import 'reflect-metadata';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { inputsOf } from '../src/routes/route-inputs.js';

test('a decorator of our own is no place of the request, whatever its random name begins with', () => {
  class Things {
    read(): void {}
  }
  // As Nest writes them: `place:index`, and `uid(21)` with a suffix for what `createParamDecorator` has made.
  const written = {
    [`${RouteParamtypes.QUERY}:0`]: { index: 0, pipes: [] },
    [`${RouteParamtypes.BODY}e5c0ffee0123456789ab__customRouteArgs__:1`]: { index: 1, pipes: [] },
    ['3'.repeat(21) + '__customRouteArgs__:2']: { index: 2, pipes: [] },
  };
  Reflect.defineMetadata(ROUTE_ARGS_METADATA, written, Things, 'read');
  expect(inputsOf({ controller: Things, name: 'read' })).toEqual([{ place: RouteParamtypes.QUERY, type: undefined }]);
});
