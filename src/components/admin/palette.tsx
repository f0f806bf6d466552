'use client';

import { Bike, LayoutDashboard, type LucideIcon, ReceiptText, Store } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { Dialog } from '@/components/ui/dialog';
import { Input } from '@/components/ui/input';
import { useBoard } from './admin-shell';
import { findEntries, type Group, PAGES } from './palette-entries';

const ICONS: Readonly<Record<Group['kind'], LucideIcon>> = {
  orders: ReceiptText,
  drivers: Bike,
  restaurants: Store,
  pages: LayoutDashboard,
};

type PaletteProps = { open: boolean; onOpenChange: (open: boolean) => void };

/** Goes to an order, a driver, a restaurant or a page by what one remembers of it. */
export default function Palette({ open, onOpenChange }: PaletteProps) {
  const t = useTranslations('board.palette');
  const input = useRef<HTMLInputElement>(null);
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('title')} initialFocus={input}>
      {open && <Finder input={input} onDone={() => onOpenChange(false)} />}
    </Dialog>
  );
}

type FinderProps = { input: React.RefObject<HTMLInputElement | null>; onDone: () => void };

function Finder({ input, onDone }: FinderProps) {
  const t = useTranslations('board.palette');
  const nav = useTranslations('admin.nav');
  const { view, directory } = useBoard();
  // As it was when it opened: what one is about to choose does not move away.
  const [cards] = useState(view.cards);
  const pages = useMemo(() => PAGES.map((page) => ({ page, name: nav(page) })), [nav]);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const listId = useId();
  const router = useRouter();
  const pathname = usePathname();
  const groups = useMemo(
    () => findEntries(text, { cards, directory, pages }),
    [text, cards, directory, pages],
  );
  const entries = groups.flatMap((group) => group.entries);
  const active = entries[at] ?? entries[0];
  const idOf = (id: string) => `${listId}-${id}`;

  const go = (href: string) => {
    onDone();
    // On the board nothing has to be fetched.
    if (pathname === '/admin' && href.startsWith('/admin?'))
      window.history.pushState(null, '', href);
    else router.push(href);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setAt((before) => Math.min(Math.max(before + step, 0), entries.length - 1));
    } else if (event.key === 'Enter' && active) {
      event.preventDefault();
      go(active.href);
    }
  };

  return (
    <>
      <Input
        ref={input}
        role="combobox"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={listId}
        aria-activedescendant={active && idOf(active.id)}
        aria-label={t('label')}
        placeholder={t('placeholder')}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label={t('label')} className="mt-2 min-h-60">
        {groups.map(({ kind, entries: list }) => {
          const Icon = ICONS[kind];
          return (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a listbox
            <div key={kind} role="group" aria-label={t(kind)}>
              <p aria-hidden="true" className="px-3 pt-3 pb-1 text-quiet text-xs">
                {t(kind)}
              </p>
              {list.map(({ id, label, detail, href }) => (
                <div
                  key={id}
                  id={idOf(id)}
                  role="option"
                  tabIndex={-1}
                  aria-selected={id === active?.id}
                  onClick={() => go(href)}
                  onKeyDown={onKeyDown}
                  onPointerMove={() => setAt(entries.findIndex((entry) => entry.id === id))}
                  className={cn(
                    'flex min-h-11 cursor-pointer items-center gap-3 rounded-control px-3 text-sm',
                    id === active?.id && 'bg-hover',
                  )}
                >
                  <Icon aria-hidden="true" className="size-4 shrink-0 text-quiet" />
                  <bdi className="numerals shrink-0 font-medium">{label}</bdi>
                  <bdi className="min-w-0 truncate text-quiet">{detail}</bdi>
                </div>
              ))}
            </div>
          );
        })}
      </div>
      <p aria-live="polite" className="text-quiet text-sm">
        {entries.length === 0 && t('none')}
      </p>
    </>
  );
}
