import { Controller, Get, Inject } from '@nestjs/common';
import { Endpoint } from '../callers/endpoint.js';
import { Problem } from '../problems/problem.js';
import { DatabaseProbe } from './database-probe.js';
import { Readiness } from './readiness.js';

@Controller('health')
export class HealthController {
  readonly #database: DatabaseProbe;
  readonly #readiness: Readiness;

  constructor(@Inject(DatabaseProbe) database: DatabaseProbe, @Inject(Readiness) readiness: Readiness) {
    this.#database = database;
    this.#readiness = readiness;
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
    if (this.#readiness.stopping.aborted) throw notReady('This host is stopping.');
    if (await this.#database.answers()) return { status: 'ok' };
    throw notReady('The database does not answer.');
  }
}

function notReady(detail: string): Problem {
  return new Problem({ code: 'not-ready', detail, retryAfterSeconds: 5 });
}
