import type { Permission } from '@castellan/api';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/** Who asks. The workspace comes from the session or the key and from nowhere else: no parameter names one. */
export interface Caller {
  readonly kind: 'user' | 'api_key';
  readonly id: string;
  /** For people: the user's or the key's name. */
  readonly name: string;
  readonly workspaceId: string;
  readonly permissions: ReadonlySet<Permission>;
  /** The user that the caller is, or the one who made the key (`null`: removed since). */
  readonly userId: string | null;
  /** Of a signed-in browser. */
  readonly sessionId: string | null;
  /** The network address that the request came from. */
  readonly address: string;
}

const callers = new WeakMap<Request, Caller>();

export function setCaller(request: Request, caller: Caller): void {
  callers.set(request, caller);
}

export function callerOf(request: Request): Caller | undefined {
  return callers.get(request);
}

/** The caller, in the parameters of a route that is not public. */
export const Asking = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const caller = callerOf(context.switchToHttp().getRequest<Request>());
  if (caller === undefined) throw new Error('A public route has no caller.');
  return caller;
});
