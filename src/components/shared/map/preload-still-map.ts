import { preload } from 'react-dom';
import type { Theme } from '@/components/shared/theme';
import dark from './still-dark.svg';
import light from './still-light.svg';

const PICTURES = { light, dark } as const;

/** Has the picture of the town come with the page: its styles ask for it only once they are applied. */
export function preloadStillMap(theme: Theme): void {
  for (const shade of ['light', 'dark'] as const) {
    if (theme !== 'system' && theme !== shade) continue;
    preload(PICTURES[shade].src, {
      ...{ as: 'image', fetchPriority: 'high' },
      media: theme === 'system' ? `(prefers-color-scheme: ${shade})` : undefined,
    });
  }
}
