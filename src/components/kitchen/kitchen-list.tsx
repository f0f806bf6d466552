import { ChefHat } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

type KitchenListProps = { kitchens: readonly { slug: string; name: string }[] };

/** For whoever acts for several restaurants, or for none yet. */
export function KitchenList({ kitchens }: KitchenListProps) {
  const t = useTranslations('kitchen');
  return (
    <div className="mx-auto max-w-xl px-4 pt-8 pb-16 sm:px-6">
      <h1 className="text-xl">{t('page')}</h1>
      {kitchens.length === 0 ? (
        <EmptyState icon={ChefHat} title={t('noneTitle')}>
          {t('none')}
        </EmptyState>
      ) : (
        <ul className="mt-5 flex flex-col gap-2.5">
          {kitchens.map(({ slug, name }) => (
            <li key={slug}>
              <LinkButton href={`/kitchen/${slug}`} size="thumb" full className="justify-start">
                <ChefHat aria-hidden="true" />
                <bdi>{name}</bdi>
              </LinkButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
