import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { invalidRequest } from '../problems/problem.js';

/**
 * For requests that take no body. What is sent all the same is refused, not ignored: a caller who sends a domain along
 * with a test of stored secrets must not believe that it was used.
 */
@Injectable()
export class NoBody implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const body: unknown = context.switchToHttp().getRequest<Request>().body;
    const keys = typeof body === 'object' && body !== null ? Object.keys(body) : [];
    if (keys.length === 0) return true;
    throw invalidRequest(keys.map((field) => ({ field, message: 'Is not known here: this request takes no body.' })));
  }
}
