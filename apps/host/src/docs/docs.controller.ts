import { createHash } from 'node:crypto';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { Request, Response } from 'express';
import { Endpoint } from '../callers/endpoint.js';
import { routeHandlers } from '../routes/route-handlers.js';
import { apiDocument } from './api-document.js';
import { docsPage } from './docs-page.js';
import { STYLE } from './docs-style.js';
import { DOCUMENT_EXAMPLE } from './docs-examples.js';
import type { OpenApiDocument } from './open-api.js';

/** Nothing may run, and nothing may be fetched; the one style is known by its hash. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

@Controller('docs')
export class DocsController {
  readonly #modules: ModulesContainer;
  /** Made when it is first asked for: all routes are there then, and no other comes. */
  #document: OpenApiDocument | undefined;

  constructor(@Inject(ModulesContainer) modules: ModulesContainer) {
    this.#modules = modules;
  }

  @Get()
  @Endpoint({
    access: 'signed-in',
    summary: 'Show this document',
    description: 'A page for browsers (`Accept: text/html`), JSON for everybody else.',
    answer: DOCUMENT_EXAMPLE,
  })
  show(@Req() request: Request, @Res({ passthrough: true }) response: Response): OpenApiDocument | string {
    response.vary('accept');
    if (request.accepts(['json', 'html']) !== 'html') return this.openApi();
    response.setHeader('content-security-policy', POLICY);
    response.type('html');
    return docsPage(this.openApi());
  }

  @Get('openapi.json')
  @Endpoint({ access: 'signed-in', summary: 'Get this document as OpenAPI 3.1', answer: DOCUMENT_EXAMPLE })
  openApi(): OpenApiDocument {
    this.#document ??= apiDocument(routeHandlers(this.#modules));
    return this.#document;
  }
}
