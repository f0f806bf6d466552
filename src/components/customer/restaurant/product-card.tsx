import { Cover } from '@/components/shared/cover';
import { cn } from '@/components/ui/cn';
import { AddButton, type ItemCardProps } from './dish-card';
import { ItemPrice } from './item-price';

/** A product on its shelf: a tile with a picture. */
export function ProductCard({
  item,
  currency,
  inCart,
  onOpen,
  onAdd,
  shelf,
}: ItemCardProps & { shelf: string }) {
  const { id, name, soldOut } = item;
  return (
    <article
      className={cn(
        'relative flex h-full flex-col overflow-hidden rounded-card border bg-raised transition-colors has-[.dish:focus-visible]:outline-2 has-[.dish:focus-visible]:outline-accent',
        inCart > 0 ? 'border-accent' : 'border-line',
        !soldOut && 'hover:border-edge',
      )}
    >
      <Cover
        name={name}
        cuisine={shelf}
        seed={id}
        photoId={item.photoId}
        className={cn('aspect-[4/3] w-full object-cover', soldOut && 'opacity-40 saturate-50')}
      />
      {!soldOut && (
        <div className="absolute end-2 top-2 z-10 rounded-full bg-raised shadow-float">
          <AddButton item={item} inCart={inCart} onAdd={onAdd} />
        </div>
      )}
      <div className="flex flex-1 flex-col p-3">
        <h3
          className={cn(
            'text-pretty font-medium text-sm tracking-normal',
            soldOut && 'text-faint line-through decoration-1',
          )}
        >
          <button
            type="button"
            disabled={soldOut}
            onClick={onOpen}
            className="dish text-start outline-none after:absolute after:inset-0 after:rounded-card"
          >
            <bdi>{name}</bdi>
          </button>
        </h3>
        <ItemPrice item={item} currency={currency} className="mt-auto pt-2" />
      </div>
    </article>
  );
}
