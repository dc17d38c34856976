import type { CheckOfControl, ControlView } from '@castellan/api';
import { Table, Text } from '@mantine/core';
import { IconListSearch } from '@tabler/icons-react';
import { AnchorLink } from '../shell/links.js';
import { Empty } from '../states/Empty.js';
import { Look } from '../states/Look.js';
import { SmallTable } from '../states/SmallTable.js';
import { useAnchor } from '../states/use-anchor.js';
import { CHECK_LOOKS, NO_CHECK } from './check-looks.js';
import { isControlMeant, worstChecksFirst } from './framework-words.js';
import { controlLimitWords } from './parameter-words.js';
import type { FrameworksSearch } from './posture-search.js';
import styles from './posture.module.css';

interface FrameworkControlsProps {
  readonly label: string;
  readonly controls: readonly ControlView[];
  readonly search: FrameworksSearch;
}

/** Controls with what each check says of them; a link may lead to one. */
export function FrameworkControls({ label, controls, search }: FrameworkControlsProps) {
  const asked = useAnchor(true);
  const shown = controls.filter((control) => isControlMeant(control, search));
  return (
    <>
      {shown.length < controls.length && (
        <Text size="sm" c="dimmed" role="status">
          {shown.length} of {controls.length} controls.
        </Text>
      )}
      {shown.length === 0 ? (
        <Empty icon={IconListSearch} title="No control matches">
          Choose another status, or other words.
        </Empty>
      ) : (
        <SmallTable label={label} heads={['Control', 'Result', 'Checks']} minWidth={620} hasActions={false} narrow="lines">
          {shown.map((control) => (
            <Control
              key={control.control}
              control={control}
              integration={search.integration}
              isAsked={control.control === asked}
            />
          ))}
        </SmallTable>
      )}
    </>
  );
}

interface ControlProps {
  readonly control: ControlView;
  readonly integration: string | undefined;
  readonly isAsked: boolean;
}

function Control({ control: { control, title, status, checks }, integration, isAsked }: ControlProps) {
  return (
    <Table.Tr id={control} className={styles['top']} data-asked={isAsked}>
      <Table.Td className={styles['entry']} maw={420}>
        <Text size="sm" fw={550}>
          {control}
        </Text>
        {title !== control && <Text size="sm">{title}</Text>}
      </Table.Td>
      <Table.Td>
        <Look look={status === null ? NO_CHECK : CHECK_LOOKS[status]} />
      </Table.Td>
      <Table.Td>
        {checks.length === 0 ? (
          <Text size="sm">–</Text>
        ) : (
          <ul className={styles['list']}>
            {worstChecksFirst(checks).map((check) => (
              <CheckLine key={check.id} check={check} integration={integration} />
            ))}
          </ul>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function CheckLine({ check, integration }: { readonly check: CheckOfControl; readonly integration: string | undefined }) {
  const { id, title, limit } = check;
  return (
    <li>
      <AnchorLink
        to="/posture/checks/$check"
        params={{ check: id }}
        search={integration === undefined ? {} : { integration }}
        size="sm"
      >
        {title}
      </AnchorLink>
      <Text size="xs" c="dimmed" component="span">
        {` · ${checkWords(check)}`}
      </Text>
      {limit?.laxer === true && <Text size="xs">{controlLimitWords(limit)}</Text>}
    </li>
  );
}

function checkWords({ status, open, limit }: CheckOfControl): string {
  if (status === null) return 'not looked at';
  if (status === 'unknown' && limit?.laxer === true) return 'not known by the limit of this control';
  const word = CHECK_LOOKS[status].word.toLowerCase();
  return status === 'failed' && open > 0 ? `${word}, ${open.toLocaleString('en')} affected` : word;
}
