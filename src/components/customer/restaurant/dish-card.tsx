import { Plus } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import type { MenuItem } from '@/domain/menu';
import { formatMoney } from '@/domain/money';

type DishCardProps = {
  item: MenuItem;
  currency: string;
  inCart: number;
  onOpen: () => void;
  onAdd: () => void;
};

export function DishCard({ item, currency, inCart, onOpen, onAdd }: DishCardProps) {
  const { name, description, price, soldOut } = item;
  return (
    <article
      className={cn(
        'relative flex h-full min-h-28 gap-3 rounded-card border bg-raised p-4 transition-colors has-[.dish:focus-visible]:outline-2 has-[.dish:focus-visible]:outline-accent',
        inCart > 0 ? 'border-accent' : 'border-line',
        !soldOut && 'hover:border-edge',
      )}
    >
      <div className="flex min-w-0 flex-1 flex-col">
        <h3 className={cn('text-base', soldOut && 'text-faint line-through decoration-1')}>
          <button
            type="button"
            disabled={soldOut}
            onClick={onOpen}
            className="dish text-left outline-none after:absolute after:inset-0 after:rounded-card"
          >
            {name}
          </button>
        </h3>
        <p className={cn('mt-1 line-clamp-2 text-sm', soldOut ? 'text-faint' : 'text-quiet')}>
          {description}
        </p>
        <p className="mt-auto flex items-center gap-2 pt-3 text-sm">
          <span className={cn('numerals font-medium', soldOut && 'text-faint')}>
            {formatMoney(price, currency)}
          </span>
          {soldOut && (
            <span className="rounded-full bg-hover px-2 py-0.5 font-medium text-quiet text-xs">
              Sold out
            </span>
          )}
        </p>
      </div>
      {!soldOut && (
        <button
          type="button"
          aria-label={inCart > 0 ? `Add ${name}, ${inCart} in your cart` : `Add ${name}`}
          onClick={onAdd}
          className={cn(
            'relative grid size-11 shrink-0 place-items-center self-end rounded-full border font-semibold text-sm transition-colors',
            inCart > 0
              ? 'numerals border-transparent bg-accent text-on-accent hover:bg-accent-strong'
              : 'border-line bg-page text-accent-ink hover:border-accent hover:bg-accent-soft',
          )}
        >
          {inCart > 0 ? inCart : <Plus aria-hidden="true" className="size-5" />}
        </button>
      )}
    </article>
  );
}
