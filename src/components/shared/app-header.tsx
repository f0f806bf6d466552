import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';
import { QuietLink } from '@/components/ui/quiet-link';
import { HOME, type Viewer } from '@/domain/roles';
import { Brand } from './brand';
import { type HeaderLink, HeaderNav } from './header-nav';
import { LazyLanguageSwitch } from './lazy-language-switch';
import { ThemeToggle } from './theme-toggle';
import { UserMenu } from './user-menu';

type AppHeaderProps = {
  viewer: Viewer | null;
  links?: readonly HeaderLink[];
  /** Between the navigation and the account, e.g. a live badge. */
  children?: ReactNode;
  /** Where the links stand, e.g. not on phones. */
  navClassName?: string;
  /** The whole width of the window, for boards. */
  wide?: boolean;
};

/** 56 px; sticks to the top of every page. */
export function AppHeader({
  viewer,
  links = [],
  navClassName,
  children,
  wide = false,
}: AppHeaderProps) {
  const t = useTranslations('shared.header');
  return (
    <header
      className={cn(
        'sticky top-0 z-30 border-line border-b',
        // A board changes with every frame: nothing is blurred anew above it.
        wide ? 'bg-page' : 'bg-page/90 backdrop-blur-md',
      )}
    >
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:start-2 focus:z-10 focus:rounded-control focus:bg-raised focus:px-4 focus:py-2.5"
      >
        {t('skip')}
      </a>
      <div
        className={cn(
          'mx-auto flex h-14 items-center gap-1 px-4 sm:gap-3 sm:px-6',
          !wide && 'max-w-7xl',
        )}
      >
        <QuietLink
          href={viewer ? HOME[viewer.role] : '/'}
          aria-label={t('home')}
          className="flex h-11 shrink-0 items-center rounded-control"
        >
          <Brand />
        </QuietLink>
        <HeaderNav links={links} className={navClassName} />
        <div className="ms-auto flex shrink-0 items-center gap-1 sm:gap-2">
          {children}
          <ThemeToggle />
          {!viewer && <LazyLanguageSwitch />}
          <UserMenu viewer={viewer} />
        </div>
      </div>
    </header>
  );
}
