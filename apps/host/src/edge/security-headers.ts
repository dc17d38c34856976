import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';

const NOTHING = ["'none'"];
const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Answers are data of one organisation: read as nothing but what they are, shown in no frame, loaded by no other site. */
export function securityHeaders(publicUrl: string | undefined): RequestHandler {
  const isSealed = publicUrl?.startsWith('https://') === true;
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: NOTHING, frameAncestors: NOTHING, baseUri: NOTHING, formAction: NOTHING },
    },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    // Only where there is TLS: over plain http a browser ignores it. Subdomains are not ours to decide about.
    strictTransportSecurity: isSealed && { maxAge: YEAR_SECONDS, includeSubDomains: false },
  });
}

/** No cache keeps an answer. */
export function notStored(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('cache-control', 'no-store');
  next();
}
