import type { Shown } from '../../gallery/gallery.js';
import { type Gallery, loadGallery } from '../load-gallery.js';

/** A browser, and what people find in it by role and name. */
function openForm() {
  let gallery: Gallery | undefined;
  const opened = (): Gallery => {
    if (gallery === undefined) throw new Error('The gallery was not opened.');
    return gallery;
  };
  beforeAll(async () => {
    const { openGallery } = await loadGallery();
    gallery = await openGallery();
  }, 60_000);
  afterAll(() => gallery?.close());

  const page = () => opened().page;
  type Role = Parameters<Gallery['page']['getByRole']>[0];
  const role = (kind: Role, name: string) => page().getByRole(kind, { name, exact: true });
  return {
    page,
    role,
    show: (shown: Shown): Promise<void> => opened().show(shown),
    say: (said: Pick<Shown, 'issues' | 'hints' | 'stored'>): Promise<void> => page().evaluate((one) => window.say(one), said),
    settings: (): Promise<unknown> => page().evaluate(() => window.settings()),
    field: (name: string) => role('textbox', name),
    button: (name: string) => role('button', name),
    /** What is read out beside the name of a control. */
    description: (kind: Role, name: string): Promise<string> =>
      role(kind, name).evaluate((control) =>
        (control.getAttribute('aria-describedby') ?? '')
          .split(' ')
          .map((id) => document.querySelector(`[id="${id}"]`)?.textContent ?? '')
          .join(' '),
      ),
    isFocused: (name: string): Promise<boolean> =>
      page().evaluate((label) => document.activeElement?.getAttribute('aria-label') === label, name),
  };
}

/** One for all that is told of forms: to open it takes as long as twenty tests in it, and each test shows a form of its own. */
export const form = openForm();
