import { useTranslations } from 'next-intl';

const KNOWN = {
  Pizza: 'pizza',
  Japanese: 'japanese',
  Burgers: 'burgers',
  Indian: 'indian',
  Mexican: 'mexican',
  Thai: 'thai',
  Levant: 'levant',
  Seafood: 'seafood',
  Bakery: 'bakery',
  Vegan: 'vegan',
  Supermarket: 'supermarket',
  'Corner shop': 'cornerShop',
  Greengrocer: 'greengrocer',
  Delicatessen: 'delicatessen',
  Pharmacy: 'pharmacy',
} as const;

const isKnown = (cuisine: string): cuisine is keyof typeof KNOWN => cuisine in KNOWN;

/** Common cuisines in the reader's language; others as their restaurants write them. */
export function useCuisineWords(): (cuisine: string) => string {
  const t = useTranslations('discover.cuisine');
  return (cuisine) => (isKnown(cuisine) ? t(KNOWN[cuisine]) : cuisine);
}
