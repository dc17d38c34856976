import type { IntegrationProgress } from '@castellan/api';

export interface ProgressListener {
  /** All integrations that there are when the stream begins, by id: what is known of others is out of date. */
  present(ids: readonly string[]): void;
  progress(progress: IntegrationProgress): void;
  removed(id: string): void;
  /** Over for good: the session is. */
  ended(): void;
  /** Nothing is heard any more: the host has gone away, or something between us and it. It is asked again by itself. */
  lost(): void;
  /** It is heard, for the first time or again. */
  found(): void;
}

/** How long to wait before asking again where the browser does not do it by itself: it gives up after an answer that is no stream. */
const AGAIN_MS = 5_000;

/** Listens until it is aborted. The browser reconnects a stream that breaks off, and says what it has heard last. */
export function listenToProgress(listener: ProgressListener, signal: AbortSignal): void {
  const source = new EventSource('/api/progress');
  const stop = (): void => source.close();
  signal.addEventListener('abort', stop, { once: true });
  const on = (name: string, heard: (data: unknown) => void): void =>
    source.addEventListener(name, ({ data }: MessageEvent<string>) => heard(JSON.parse(data)));
  // The host that has served this page sends what @castellan/api says.
  on('present', (data) => listener.present((data as { readonly integrations: readonly string[] }).integrations));
  on('integration', (data) => listener.progress(data as IntegrationProgress));
  on('removed', (data) => listener.removed((data as { readonly integration: string }).integration));
  on('end', () => {
    source.close();
    listener.ended();
  });
  source.addEventListener('open', () => listener.found());
  source.addEventListener('error', () => {
    if (!signal.aborted) listener.lost();
    if (source.readyState !== EventSource.CLOSED || signal.aborted) return;
    signal.removeEventListener('abort', stop);
    const timer = setTimeout(() => listenToProgress(listener, signal), AGAIN_MS);
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  });
}
