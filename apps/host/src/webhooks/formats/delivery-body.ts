import type { DuePost } from '@castellan/storage';
import { eventName, eventPayload } from '../event-payload.js';
import { slackMessage } from './slack-message.js';
import { filledTemplate } from './template.js';

/** What is posted, as JSON. */
export function deliveryBody({ event, format, template }: DuePost, publicUrl: string | undefined): string {
  const named = { ...event, id: eventName(event.id) };
  if (format === 'slack') return JSON.stringify(slackMessage(named, publicUrl));
  if (format === 'json' && template !== null) return filledTemplate(template, named, publicUrl);
  return JSON.stringify(eventPayload(event));
}
