import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Cover } from '@/components/shared/cover';
import { useFormat } from '@/components/shared/use-format';
import { cn } from '@/components/ui/cn';
import type { MenuItem } from '@/domain/menu';
import { ItemPrice } from './item-price';
import { roomFor } from './stock';

export type ItemCardProps = {
  item: MenuItem;
  currency: string;
  inCart: number;
  onOpen: () => void;
  onAdd: () => void;
};

/** A dish: words on one side, one press to add it on the other. */
export function DishCard({ item, currency, inCart, onOpen, onAdd }: ItemCardProps) {
  const { name, description, soldOut } = item;
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
            className="dish text-start outline-none after:absolute after:inset-0 after:rounded-card"
          >
            <bdi>{name}</bdi>
          </button>
        </h3>
        <p className={cn('mt-1 line-clamp-2 text-sm', soldOut ? 'text-faint' : 'text-quiet')}>
          <bdi>{description}</bdi>
        </p>
        <ItemPrice item={item} currency={currency} className="mt-auto pt-3" />
      </div>
      {item.photoId && (
        <Cover
          name={name}
          cuisine=""
          seed={item.id}
          photoId={item.photoId}
          className={cn('size-20 shrink-0 rounded-control', soldOut && 'opacity-40 saturate-50')}
        />
      )}
      {!soldOut && <AddButton item={item} inCart={inCart} onAdd={onAdd} className="self-end" />}
    </article>
  );
}

type AddButtonProps = Pick<ItemCardProps, 'item' | 'inCart' | 'onAdd'> & { className?: string };

export function AddButton({ item, inCart, onAdd, className }: AddButtonProps) {
  const t = useTranslations('restaurant.item');
  const { number } = useFormat();
  const { name } = item;
  return (
    <button
      type="button"
      aria-label={inCart > 0 ? t('addMore', { name, count: inCart }) : t('add', { name })}
      disabled={roomFor(item, inCart) === 0}
      onClick={onAdd}
      className={cn(
        'relative grid size-11 shrink-0 place-items-center rounded-full border font-semibold text-sm transition-colors disabled:opacity-60',
        inCart > 0
          ? 'numerals border-transparent bg-accent text-on-accent hover:bg-accent-strong'
          : 'border-line bg-page text-accent-ink hover:border-accent hover:bg-accent-soft',
        className,
      )}
    >
      {inCart > 0 ? number(inCart) : <Plus aria-hidden="true" className="size-5" />}
    </button>
  );
}
