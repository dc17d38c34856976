import { ApiError } from '../api/api-error.js';

/** As the host would say it, without asking it. */
export function notAllowed(detail: string): ApiError {
  return new ApiError({ type: 'urn:castellan:problem:forbidden', title: 'Not allowed', status: 403, detail });
}
