import { ExpressAdapter } from '@nestjs/platform-express';
import express from 'express';

/** One route has one spelling. Set here because Express makes its router, which remembers them, when Nest takes it over. */
export function exactAdapter(): ExpressAdapter {
  const server = express();
  server.enable('case sensitive routing');
  server.enable('strict routing');
  return new ExpressAdapter(server);
}
