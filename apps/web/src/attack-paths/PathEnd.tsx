import type { PathNode, PathStep } from '@castellan/api';
import { Text } from '@mantine/core';
import { NodeChip } from '../access/NodeChip.js';
import { AnchorLink } from '../shell/links.js';

interface PathEndProps {
  readonly node: PathNode;
  readonly integration: string;
}

/** One of a way, and the way to its page. */
export function PathEnd({ node: { kind, ...node }, integration }: PathEndProps) {
  if (kind !== 'identity_provider') return <NodeChip integration={integration} node={{ kind, ...node }} at={undefined} />;
  return (
    <AnchorLink to="/records/$kind" params={{ kind }} search={{ key: node.key, of: integration }} size="sm">
      {node.label}
    </AnchorLink>
  );
}

/** What a step leads to: one, or all that a right is over. */
export function StepEnd({ step: { to, over }, integration }: { readonly step: PathStep; readonly integration: string }) {
  if (to !== null) return <PathEnd node={to} integration={integration} />;
  return (
    <Text span size="sm" fw={500}>
      {over}
    </Text>
  );
}
