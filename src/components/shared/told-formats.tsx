'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { MoneyPattern } from '@/domain/money-pattern';
import type { ZoneOffset } from '@/domain/wall-clock';

/** What formatters of the reader's language would say, as far as a page needs it at first. */
export type ToldFormats = {
  /** How far the clocks that it shows are ahead. */
  zone: ZoneOffset | null;
  /** How it writes its sums. */
  money: MoneyPattern | null;
  /** What stands before tenths. */
  decimal: string | null;
};

const Told = createContext<ToldFormats | null>(null);

/** Tells a page what it would ask formatters for: its first picture then needs none. */
export function ToldFormatsProvider({
  told,
  children,
}: {
  told: ToldFormats;
  children: ReactNode;
}) {
  return <Told value={told}>{children}</Told>;
}

export const useToldFormats = (): ToldFormats | null => useContext(Told);
