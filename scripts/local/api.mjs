import { setTimeout as sleep } from 'node:timers/promises';

/** A host of somebody else that listens there would be taken for ours. @param command how to start with another port */
export async function refusePortInUse(port, command) {
  const answers = await fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );
  if (answers)
    throw new Error(`Port ${port} is in use by another program. Stop it, or choose another port: PORT=4500 ${command}`);
}

/** Asks the host as one of its pages would: the session's cookie, and where the page is from. */
export class Api {
  #cookie = '';

  /** @param url `http://127.0.0.1:4400/api` */
  constructor(url) {
    this.url = url;
  }

  async send(method, path, body) {
    const headers = {
      'content-type': 'application/json',
      origin: new URL(this.url).origin,
      ...(this.#cookie && { cookie: this.#cookie }),
    };
    const answer = await fetch(`${this.url}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    const [set] = answer.headers.getSetCookie();
    if (set !== undefined) this.#cookie = set.split(';', 1)[0];
    return answer;
  }

  async call(method, path, body) {
    const answer = await this.send(method, path, body);
    const content = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(content)}`);
    return content;
  }

  async untilReady(signal) {
    while (!signal.aborted) {
      const ready = await fetch(`${this.url}/health/ready`).then(
        (answer) => answer.ok,
        () => false,
      );
      if (ready) return;
      await sleep(200);
    }
  }
}
