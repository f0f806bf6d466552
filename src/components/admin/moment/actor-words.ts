import type { useTranslations } from 'next-intl';
import { readActor } from '@/domain/actor';
import type { Role } from '@/domain/roles';

const PARTS = [
  'dispatch',
  'watch',
  'kitchen',
  'eta',
  'arrivals',
  'notices',
  'payments',
  'shifts',
  'guest',
  'seed',
] as const;

type Words = ReturnType<typeof useTranslations<'story'>>;
type People = Readonly<Record<string, { name: string; role: Role }>>;

/** Who did it: by name where there is one, by part or role of the database where there is none. */
export function actorWords(actor: string, people: People, me: string, t: Words): string {
  const { source, id } = readActor(actor);
  if (source === 'psql') return t('actor.psql', { name: id });
  if (source === 'platform') {
    const part = PARTS.find((each) => each === id);
    return part ? t(`part.${part}`) : t('actor.platform');
  }
  if (source === 'key') return t('actor.key');
  if (id === me) return t('actor.you');
  const person = people[id];
  return person ? t(`actor.${person.role}`, { name: person.name }) : t('actor.gone');
}
