'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { cn } from '@/components/ui/cn';
import type { MenuSection } from '@/domain/menu';

export const sectionId = (section: MenuSection): string => `section-${section.id}`;

/** Sticks under the header and follows the section that is being read. */
export function SectionNav({ sections }: { sections: readonly MenuSection[] }) {
  const t = useTranslations('restaurant.menu');
  const ids = sections.map(sectionId).join(' ');
  const [current, setCurrent] = useState(ids.split(' ')[0] ?? '');
  const strip = useRef<HTMLElement>(null);

  // Watches the browser's viewport: which section lies under the header.
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        const inside = entries.find(({ isIntersecting }) => isIntersecting);
        if (inside) setCurrent(inside.target.id);
      },
      { rootMargin: '-132px 0px -70% 0px' },
    );
    for (const id of ids.split(' ')) {
      const section = document.getElementById(id);
      if (section) observer.observe(section);
    }
    return () => observer.disconnect();
  }, [ids]);

  // Scrolls the strip itself, never the page.
  useEffect(() => {
    const link = strip.current?.querySelector<HTMLElement>(`[href="#${current}"]`);
    if (link) strip.current?.scrollTo({ left: link.offsetLeft - 24, behavior: 'smooth' });
  }, [current]);

  return (
    <nav
      ref={strip}
      aria-label={t('sections')}
      className="scroll-quiet sticky top-14 z-20 mt-6 flex gap-1 overflow-x-auto border-line border-b bg-page/95 px-2 backdrop-blur-md sm:px-4 lg:px-0"
    >
      {sections.map((section) => {
        const id = sectionId(section);
        return (
          <a
            key={id}
            href={`#${id}`}
            aria-current={id === current ? 'true' : undefined}
            className={cn(
              'relative flex h-12 shrink-0 items-center px-3 font-medium text-sm transition-colors focus-visible:-outline-offset-2',
              'after:absolute after:inset-x-3 after:bottom-0 after:h-0.5 after:rounded-full after:bg-accent after:transition-opacity',
              id === current ? 'text-ink' : 'text-quiet after:opacity-0 hover:text-ink',
            )}
          >
            <bdi>{section.name}</bdi>
          </a>
        );
      })}
    </nav>
  );
}
