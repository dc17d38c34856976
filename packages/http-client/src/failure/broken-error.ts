import { type ConnectorError, InternalError, TransientError, UpstreamError } from '@castellan/connector-sdk';
import { BodyTooLarge } from '../body/read-body.js';
import type { Exchange } from '../client/exchange.js';
import { BlockedAddress } from '../guard/blocked-address.js';
import type { Subject } from './answer-error.js';
import { errorCode } from './error-code.js';

export type Broken = Extract<Exchange, { readonly kind: 'broken' }>;

/** An error together with what another try would be worth. */
export interface Failure {
  readonly error: ConnectorError;
  readonly again: 'never' | 'few' | 'yes';
}

const CERTIFICATE =
  /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(GET|VERIFY|DECRYPT|DECODE)|ERR_TLS_CERT|INVALID_CA|PATH_LENGTH|HOSTNAME_MISMATCH)/;

const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is unknown',
  EAI_AGAIN: 'its name cannot be resolved at the moment',
  ECONNREFUSED: 'it refuses the connection',
  ECONNRESET: 'it cut the connection',
  EPIPE: 'it cut the connection',
  UND_ERR_SOCKET: 'it cut the connection',
  ETIMEDOUT: 'it does not answer',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
};

/** Why no whole answer came. */
export function brokenError(subject: Subject, broken: Broken): Failure {
  const { host, path, method } = subject;
  const { cause, expired, phase } = broken;
  const code = errorCode(cause);
  const detail = `${method} ${path}; ${phase}; ${expired ?? code ?? nameOf(cause)}`;
  if (cause instanceof BlockedAddress) return { error: blockedError(host, cause, detail), again: 'never' };
  if (cause instanceof BodyTooLarge) {
    const size = `${Math.round(cause.mostBytes / 1024 / 1024)} MB`;
    return {
      error: new UpstreamError({ message: `${host} answered ${path} with more than ${size}.`, detail, cause }),
      again: 'never',
    };
  }
  if (code !== undefined && CERTIFICATE.test(code)) {
    return {
      error: new UpstreamError({ message: `The certificate of ${host} is not valid (${code}).`, detail, cause }),
      again: 'never',
    };
  }
  if (code === 'UND_ERR_INVALID_ARG') {
    return { error: new InternalError({ message: `A request to ${host} could not be built.`, detail, cause }), again: 'never' };
  }
  if (expired !== undefined) {
    return {
      error: new TransientError({ message: `${host} did not finish its answer to ${path} in time.`, detail }),
      again: 'few',
    };
  }
  if (phase === 'body') {
    return { error: new TransientError({ message: `${host} broke off its answer to ${path}.`, detail, cause }), again: 'few' };
  }
  const words = (code !== undefined ? WORDS[code] : undefined) ?? 'the connection failed';
  return { error: new TransientError({ message: `${host} could not be reached: ${words}.`, detail, cause }), again: 'yes' };
}

/** A 200 that is no JSON. The body is not quoted: it may be half of an answer that holds a token. */
export function unreadableError({ host, path, method }: Subject, status: number, contentType: string | undefined): Failure {
  const detail = `${method} ${path} -> ${status}; content type ${contentType ?? 'unknown'}; no JSON`;
  return {
    error: new UpstreamError({ message: `${host} answered ${path} with something that is not JSON.`, detail }),
    again: 'few',
  };
}

/** A request or link that leads away from the hosts of this client. */
export function foreignError(host: string, foreign: string): ConnectorError {
  return new UpstreamError({
    message: `A request for another host (${foreign}) than ${host} was not sent.`,
    detail: `security: foreign request; ${foreign}`,
  });
}

function blockedError(host: string, cause: BlockedAddress, detail: string): ConnectorError {
  return new UpstreamError({
    message: `${host} is not an address on the public Internet. Whoever runs Castellan can allow it by name in CASTELLAN_ALLOW_HOSTS.`,
    detail: `security: blocked address; ${detail}; ${cause.message}`,
    cause,
  });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error';
}
