import { access } from './access.mjs';
import { actions } from './actions.mjs';
import { ailing } from './ailing.mjs';
import { connecting } from './connecting.mjs';
import { data } from './data.mjs';
import { detection } from './detection.mjs';
import { door } from './door.mjs';
import { integration } from './integration.mjs';
import { managing } from './managing.mjs';
import { playbooks } from './playbooks.mjs';
import { posture } from './posture.mjs';
import { troubles } from './troubles.mjs';

/** In this order: each finds what the ones before have made. */
export const SCENES = Object.entries({
  door,
  connecting,
  integration,
  data,
  access,
  posture,
  managing,
  troubles,
  ailing,
  detection,
  playbooks,
  actions,
});
