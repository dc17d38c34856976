import type { WebhookView } from '@castellan/api';
import { SEVERITY_LOOKS } from '../findings/severity-looks.js';
import { Ago } from '../states/Ago.js';
import { Facts } from '../states/Facts.js';
import { FORMAT_WORDS } from './FormatChoice.js';
import { receiverText } from './receiver-name.js';

export function WebhookFacts({
  webhook,
}: {
  /** `undefined` while it is loaded. */ readonly webhook: WebhookView | undefined;
}) {
  const secret = webhook?.secret;
  const previous = secret?.previousUntil ?? null;
  return (
    <Facts
      facts={[
        webhook?.kind === 'mail' ? ['Receivers of mail', receiverText(webhook)] : ['Address', webhook?.url],
        ['Is told of', webhook && (webhook.eventTypes.length === 0 ? 'Everything' : webhook.eventTypes.join(', '))],
        ['What is sent', webhook && (webhook.format === null ? 'Mail: words for people' : FORMAT_WORDS[webhook.format])],
        [
          'Of findings and incidents',
          webhook && (webhook.leastSeverity === null ? 'All' : `${SEVERITY_LOOKS[webhook.leastSeverity].word} and worse`),
        ],
        ['Set up', webhook && <Ago at={webhook.createdAt} />],
        [
          'Signing secret',
          secret === null
            ? 'None: mail is not signed'
            : secret && (
                <>
                  made <Ago at={secret.changedAt} />
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
