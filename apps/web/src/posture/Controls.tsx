import type { CheckDetail } from '@castellan/api';
import { AnchorLink } from '../shell/links.js';
import styles from './posture.module.css';

interface ControlsProps {
  readonly controls: CheckDetail['frameworks'];
  readonly integration: string | undefined;
}

/** Each leads to the control, with what else speaks to it. */
export function Controls({ controls, integration }: ControlsProps) {
  return (
    <ul className={styles['inline']}>
      {controls.map(({ framework, control, title }) => (
        <li key={`${framework} ${control}`}>
          <AnchorLink
            to="/posture/frameworks"
            search={{ ...(integration !== undefined && { integration }), framework }}
            hash={control}
            size="sm"
            title={title}
          >
            {framework.toUpperCase()} {control}
          </AnchorLink>
        </li>
      ))}
    </ul>
  );
}
