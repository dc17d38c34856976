import { Controller, Get, Header, Inject } from '@nestjs/common';
import { Endpoint } from '../callers/endpoint.js';
import { Metrics } from './metrics.js';

@Controller('metrics')
export class MetricsController {
  readonly #metrics: Metrics;

  constructor(@Inject(Metrics) metrics: Metrics) {
    this.#metrics = metrics;
  }

  /** A Prometheus server sends an API key as its bearer token. */
  @Get()
  @Endpoint({
    access: 'metrics:read',
    summary: 'Read the metrics of this host, in the text format of Prometheus',
    media: 'text/plain',
  })
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  read(): Promise<string> {
    return this.#metrics.registry.metrics();
  }
}
