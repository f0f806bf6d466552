'use client';

import { Pencil, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import type { SavedAddress } from '@/domain/saved-address';
import { labelIcon, useLabelWords } from './address-words';
import type { useSavedAddresses } from './use-saved-addresses';

type SavedListProps = {
  saved: ReturnType<typeof useSavedAddresses>;
  onChoose: (address: SavedAddress) => void;
  onEdit: (address: SavedAddress) => void;
};

/** The addresses that were kept: one press takes one, since its pin was confirmed before. */
export function SavedList({ saved, onChoose, onEdit }: SavedListProps) {
  const t = useTranslations('address');
  const labelWords = useLabelWords();
  if (saved.loading) return <Skeleton className="mx-3 mt-6 h-10" />;
  if (saved.addresses.length === 0) return null;
  return (
    <section className="mt-4 border-line border-t pt-4">
      <h3 className="px-3 text-faint text-sm">{t('saved')}</h3>
      <ul className="mt-1">
        {saved.addresses.map((address) => {
          const Icon = labelIcon(address.label);
          const label = labelWords(address.label);
          return (
            <li
              key={address.id}
              className="relative flex items-center gap-1 rounded-control hover:bg-hover"
            >
              <button
                type="button"
                onClick={() => onChoose(address)}
                className="flex min-h-14 min-w-0 flex-1 items-center gap-3 rounded-control px-3 py-2 text-start"
              >
                <Icon aria-hidden="true" className="size-5 shrink-0 text-quiet" />
                <span className="min-w-0">
                  <bdi className="block truncate font-medium text-sm">{label}</bdi>
                  <bdi className="block truncate text-quiet text-sm">{address.address}</bdi>
                </span>
              </button>
              <Button
                variant="quiet"
                size="icon"
                aria-label={t('edit', { label })}
                onClick={() => onEdit(address)}
              >
                <Pencil aria-hidden="true" />
              </Button>
              <Button
                variant="quiet"
                size="icon"
                aria-label={t('remove', { label })}
                onClick={() => saved.remove(address.id)}
              >
                <Trash2 aria-hidden="true" />
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
