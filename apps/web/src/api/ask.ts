import type { ProblemBody } from '@castellan/api';
import { ApiError, noAnswer, strangeAnswer } from './api-error.js';

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

interface Asked {
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/**
 * One request to the host that has served this page. The browser adds the session's cookie and says where the page is from.
 * @param path below `/api`: `/integrations`
 * @throws ApiError
 */
export async function ask<T>(method: Method, path: string, { body, signal }: Asked = {}): Promise<T> {
  const response = await send(method, path, body, signal);
  if (response.status === 204) return undefined as T;
  const answer: unknown = await response.json().catch(() => undefined);
  // A page and the host that serves it are of one release, so the answer has the shape that @castellan/api says.
  if (response.ok && answer !== undefined) return answer as T;
  throw isProblem(answer) ? new ApiError(answer) : strangeAnswer(response.status);
}

async function send(method: Method, path: string, body: unknown, signal: AbortSignal | undefined): Promise<Response> {
  const init: RequestInit = {
    method,
    headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal !== undefined && { signal }),
  };
  try {
    return await fetch(`/api${path}`, init);
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw noAnswer();
  }
}

export const get = <T>(path: string, signal?: AbortSignal): Promise<T> =>
  ask<T>('GET', path, signal === undefined ? {} : { signal });
export const post = <T>(path: string, body?: unknown): Promise<T> => ask<T>('POST', path, { body });
export const patch = <T>(path: string, body: unknown): Promise<T> => ask<T>('PATCH', path, { body });
export const remove = (path: string): Promise<void> => ask<void>('DELETE', path);

/** As the host has called it. */
export interface NamedFile {
  readonly name: string;
  readonly content: Blob;
}

/**
 * A file that the host makes on request.
 * @throws ApiError
 */
export async function postForFile(path: string, body: unknown): Promise<NamedFile> {
  const response = await send('POST', path, body, undefined);
  if (response.ok) {
    const [, name = 'file'] = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? [];
    return { name, content: await response.blob().catch(() => Promise.reject(noAnswer())) };
  }
  const answer: unknown = await response.json().catch(() => undefined);
  throw isProblem(answer) ? new ApiError(answer) : strangeAnswer(response.status);
}

/** A path from parts that may hold anything: `at('integrations', id, 'runs')`. */
export function at(...parts: readonly string[]): string {
  return parts.map((part) => `/${encodeURIComponent(part)}`).join('');
}

function isProblem(answer: unknown): answer is ProblemBody {
  return typeof answer === 'object' && answer !== null && 'detail' in answer && 'status' in answer && 'type' in answer;
}
