'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '@/components/ui/cn';

type PageTabsProps = { label: string; tabs: readonly { href: string; name: string }[] };

/** Pages that belong together, one of which is open. */
export function PageTabs({ label, tabs }: PageTabsProps) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className="flex gap-1 border-line border-b">
      {tabs.map(({ href, name }) => (
        <Link
          key={href}
          href={href}
          aria-current={pathname === href ? 'page' : undefined}
          className={cn(
            '-mb-px flex h-11 items-center border-b-2 px-3 font-medium text-sm focus-visible:-outline-offset-2',
            pathname === href
              ? 'border-accent text-ink'
              : 'border-transparent text-quiet hover:text-ink',
          )}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
