import type { SavedQuestion } from '@castellan/api';
import { Examples } from '../docs/examples.js';

const OWN: SavedQuestion = {
  id: '2f6a1c5e-90b3-4f0e-8a56-6d1f0c3b7e19',
  name: 'Who reaches the ledger and does not use it',
  address: '/access?to=application:0oa1XkdJSm3rAAAAism7&unused=90',
  createdBy: { id: '5e0c1a52-6a0b-4a8e-9a5d-0d4b4b6f5f11', name: 'Ana Sousa' },
  createdAt: '2026-11-25T09:00:00.000Z',
};
const ORPHAN: SavedQuestion = { ...OWN, createdBy: null };

export const SAVED_QUESTIONS = { items: [OWN, ORPHAN] };
export const SAVED_QUESTION = new Examples({ example: OWN }, [ORPHAN]);
export const SAVED_QUESTION_BODY = { name: OWN.name, address: OWN.address };
