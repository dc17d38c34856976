import type { AccessGraph, AccessGraphNode } from '@castellan/api';
import { Table, Text } from '@mantine/core';
import { SmallTable } from '../states/SmallTable.js';
import { graphLabel, relationWords } from './graph-words.js';
import { NodeChip } from './NodeChip.js';

interface GraphTableProps {
  readonly graph: AccessGraph;
  readonly integration: string;
  readonly at: string | undefined;
}

/** The same as the picture, a line for each edge. */
export function GraphTable({ graph: { nodes, edges }, integration, at }: GraphTableProps) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  if (edges.length === 0) return <Text size="sm">Nothing is connected to it.</Text>;
  const cell = (id: string) => {
    const node = byId.get(id);
    return node === undefined ? id : <End node={node} integration={integration} at={at} />;
  };
  return (
    <SmallTable label="Connections" heads={['Who', 'How', 'What']} minWidth={480} hasActions={false} narrow="cards">
      {edges.map(({ from, to, relation }) => (
        <Table.Tr key={`${from} ${to} ${relation}`}>
          <Table.Td>{cell(from)}</Table.Td>
          <Table.Td>
            {relationWords(
              relation,
              nodes.find(({ id }) => id === from),
            )}
          </Table.Td>
          <Table.Td>{cell(to)}</Table.Td>
        </Table.Tr>
      ))}
    </SmallTable>
  );
}

interface EndProps {
  readonly node: AccessGraphNode;
  readonly integration: string;
  readonly at: string | undefined;
}

function End({ node, integration, at }: EndProps) {
  if (node.node === null) return graphLabel(node);
  return <NodeChip integration={integration} node={node.node} at={at} />;
}
