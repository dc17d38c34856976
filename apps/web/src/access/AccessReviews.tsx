import { type AccessReview, REVIEW_CHECKS } from '@castellan/api';
import { Button, Code, Group, Stack, Table, Text } from '@mantine/core';
import { IconSignature } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../session/session.js';
import { Ago } from '../states/Ago.js';
import { Dialog } from '../states/Dialog.js';
import { Empty } from '../states/Empty.js';
import { Failed } from '../states/Failed.js';
import { LoadMore } from '../states/LoadMore.js';
import { SmallTable } from '../states/SmallTable.js';
import { type AccessPlace, reviewsQuery } from './access-queries.js';
import { ReviewForm } from './ReviewForm.js';
import { Loading } from '../states/Loading.js';
import styles from './access.module.css';

/** Who has looked through the list of those who reach an application, and signed it. */
export function AccessReviews({ place }: { readonly place: AccessPlace }) {
  const [isOpen, setIsOpen] = useState(false);
  const maySign = useMay('access:review');
  const list = useInfiniteQuery(reviewsQuery(place));
  const { data, error, refetch } = list;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed" maw={640}>
          A review is a file of everybody who can reach it, why and since when, that somebody has signed. Castellan keeps its
          digest, so that a file can be told from a changed one; the file itself is yours to keep.
        </Text>
        {maySign && (
          <Button size="xs" leftSection={<IconSignature size={15} aria-hidden />} onClick={() => setIsOpen(true)}>
            Sign off a review
          </Button>
        )}
      </Group>
      {error !== null && <Failed error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Loading height={120} />}
      {data !== undefined && items.length === 0 && (
        <Empty icon={IconSignature} title="No review yet">
          {maySign
            ? 'Look through who can reach it, then sign.'
            : 'Your role may not sign one; an analyst or an administrator may.'}
        </Empty>
      )}
      {items.length > 0 && (
        <SmallTable
          label="Reviews, newest first"
          heads={['Signed by', 'As of', 'People', 'Note', 'SHA-256']}
          minWidth={720}
          hasActions={false}
          narrow="cards"
        >
          {items.map((review) => (
            <Review key={review.id} review={review} />
          ))}
        </SmallTable>
      )}
      <LoadMore list={list} label="Show older reviews" />
      <HowToVerify />
      <Dialog title="Sign off a review" opened={isOpen} onClose={() => setIsOpen(false)}>
        <ReviewForm place={place} onDone={() => setIsOpen(false)} />
      </Dialog>
    </Stack>
  );
}

/** So that nobody has to believe a file, or us. */
function HowToVerify() {
  return (
    <details>
      <summary>
        <Text size="sm" component="span">
          How to verify a file
        </Text>
      </summary>
      <Stack gap={6} mt="xs">
        <Text size="sm" maw={640}>
          The last line of a file has the SHA-256 of all that stands before it: the rows, and who has signed them and when. One
          of these prints it; it must be the one in that line, and the one of the review above.
        </Text>
        {Object.entries(REVIEW_CHECKS).map(([system, command]) => (
          <Text key={system} size="sm">
            {system}: <Code>{command}</Code>
          </Text>
        ))}
        <Text size="sm" maw={640}>
          A file that was opened in a spreadsheet and saved again is another one: keep the one that you were given.
        </Text>
      </Stack>
    </details>
  );
}

function Review({ review: { reviewer, asOf, accounts, note, sha256 } }: { readonly review: AccessReview }) {
  return (
    <Table.Tr>
      <Table.Td>{reviewer.name}</Table.Td>
      <Table.Td>
        <Ago at={asOf} />
      </Table.Td>
      <Table.Td>{accounts.toLocaleString('en')}</Table.Td>
      <Table.Td>{note}</Table.Td>
      <Table.Td>
        <Code className={styles['digest']}>{sha256}</Code>
      </Table.Td>
    </Table.Tr>
  );
}
