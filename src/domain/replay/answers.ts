import { seededRandom } from '@/domain/random';
import type { Habits } from './story';

type Answer = 'yes' | 'no' | 'nothing' | 'withdrawn';
type Asked = {
  driverIds: readonly string[];
  expiresAt: number;
  /** What is asked for: the first yes settles it, whoever else is thinking about it. */
  about: object;
};

type Heard<Offer> = { offer: Offer; driverId: string; answer: Answer; at: number };

/** A number for a text, the same each time (FNV-1a). */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let n = 0; n < text.length; n += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193) >>> 0;
  }
  return hash;
}

/**
 * Who says what, and when: as they really did where they were really asked, else as people did on the
 * whole. The same driver gives the same answer about the same delivery under every policy.
 */
export class Answers<Offer extends Asked> {
  made = 0;
  refused = 0;
  #due: Heard<Offer>[] = [];

  constructor(
    private readonly habits: Habits,
    private readonly seed: number,
  ) {}

  ask(offer: Offer, now: number, pairOf: (driverId: string) => string): void {
    for (const driverId of offer.driverIds) {
      this.made += 1;
      const { answer, seconds } = this.#answerTo(pairOf(driverId));
      const at = now + seconds;
      const inTime = answer !== 'nothing' && at < offer.expiresAt;
      const heard = inTime ? { answer, at } : { answer: 'nothing' as const, at: offer.expiresAt };
      this.#due.push({ offer, driverId, ...heard });
    }
    this.#due.sort((a, b) => a.at - b.at);
  }

  nextAt(): number {
    return this.#due[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  /** Who is thinking about it now. */
  askedAbout(about: object): ReadonlySet<string> {
    const asked = this.#due.filter(({ offer }) => offer.about === about);
    return new Set(asked.map(({ driverId }) => driverId));
  }

  /** What is answered until now. After a yes the others who were asked are told that it is gone. */
  heardBy(now: number): Heard<Offer>[] {
    const heard: Heard<Offer>[] = [];
    for (let next = this.#due[0]; next && next.at <= now; next = this.#due[0]) {
      this.#due.shift();
      heard.push(next);
      if (next.answer === 'no' || next.answer === 'nothing') this.refused += 1;
      if (next.answer !== 'yes') continue;
      const { offer, at } = next;
      const gone = this.#due.filter((each) => each.offer.about === offer.about);
      this.#due = this.#due.filter((each) => each.offer.about !== offer.about);
      heard.push(...gone.map((each) => ({ ...each, answer: 'withdrawn' as const, at })));
    }
    return heard;
  }

  #answerTo(pair: string): { answer: Answer; seconds: number } {
    const { answered, acceptance, answerSeconds } = this.habits;
    const random = seededRandom(hashOf(pair) ^ this.seed);
    const seconds = Math.max(0.5, answerSeconds * (0.5 + random()));
    const known = answered.get(pair);
    if (known) return { answer: known, seconds };
    if (random() < acceptance) return { answer: 'yes', seconds };
    // Half of those who do not want it let it run out.
    return { answer: random() < 0.5 ? 'no' : 'nothing', seconds };
  }
}
