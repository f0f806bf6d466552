import type { Theme } from '@/components/shared/theme';
import dark from './still-dark.svg';
import light from './still-light.svg';

const PICTURES = { light, dark } as const;

/**
 * Has the picture of the town come with the page: its styles ask for it only once they are applied. An element,
 * since what `preload` is told in a component of the server never gets into the head of the document.
 */
export function PreloadStillMap({ theme }: { theme: Theme }) {
  return (['light', 'dark'] as const)
    .filter((shade) => theme === 'system' || theme === shade)
    .map((shade) => (
      <link
        key={shade}
        rel="preload"
        as="image"
        href={PICTURES[shade].src}
        fetchPriority="high"
        media={theme === 'system' ? `(prefers-color-scheme: ${shade})` : undefined}
      />
    ));
}
