import { Controller, Get, Inject } from '@nestjs/common';
import { Endpoint } from '../callers/endpoint.js';
import { Problem } from '../problems/problem.js';
import { DatabaseProbe } from './database-probe.js';

@Controller('health')
export class HealthController {
  readonly #database: DatabaseProbe;

  constructor(@Inject(DatabaseProbe) database: DatabaseProbe) {
    this.#database = database;
  }

  /** This process answers. A supervisor that gets no answer restarts it. */
  @Get('live')
  @Endpoint({ access: 'public', summary: 'Tell whether this process answers', answer: { status: 'ok' } })
  live(): { readonly status: 'ok' } {
    return { status: 'ok' };
  }

  /** It can serve requests. A balancer that gets 503 sends none. */
  @Get('ready')
  @Endpoint({
    access: 'public',
    summary: 'Tell whether this host can serve requests',
    answer: { status: 'ok' },
    problems: ['not-ready'],
  })
  async ready(): Promise<{ readonly status: 'ok' }> {
    if (await this.#database.answers()) return { status: 'ok' };
    const detail = 'The database does not answer.';
    throw new Problem({ code: 'not-ready', detail, retryAfterSeconds: 5 });
  }
}
