import type { WebhookView } from '@castellan/api';
import { SEVERITY_LOOKS } from '../findings/severity-looks.js';
import { Ago } from '../states/Ago.js';
import { Facts } from '../states/Facts.js';
import { FORMAT_WORDS } from './FormatChoice.js';

export function WebhookFacts({
  webhook,
}: {
  /** `undefined` while it is loaded. */ readonly webhook: WebhookView | undefined;
}) {
  const previous = webhook?.secret.previousUntil ?? null;
  return (
    <Facts
      facts={[
        ['Address', webhook?.url],
        ['Is told of', webhook && (webhook.eventTypes.length === 0 ? 'Everything' : webhook.eventTypes.join(', '))],
        ['What is posted', webhook && FORMAT_WORDS[webhook.format]],
        [
          'Of findings and incidents',
          webhook && (webhook.leastSeverity === null ? 'All' : `${SEVERITY_LOOKS[webhook.leastSeverity].word} and worse`),
        ],
        ['Set up', webhook && <Ago at={webhook.createdAt} />],
        [
          'Signing secret',
          webhook && (
            <>
              made <Ago at={webhook.secret.changedAt} />
              {previous !== null && (
                <>
                  ; the one before signs as well and ends <Ago at={previous} />
                </>
              )}
            </>
          ),
        ],
      ]}
    />
  );
}
