import { distanceWords } from '@/components/shared/time-words';

/** 4 km, 2.5 km, 800 m: a search radius is a round number. */
export const radiusWords = (meters: number): string =>
  meters >= 1_000 && meters % 1_000 === 0 ? `${meters / 1_000} km` : distanceWords(meters);
