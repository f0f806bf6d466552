import { type EtaFacts, predict, predictQuote, type QuoteAround } from '@/domain/eta';
import {
  type Calibrations,
  type EtaSample,
  type EtaStage,
  type EtaWindow,
  isNews,
  windowAround,
} from '@/domain/eta-window';

type Shown = { stage: EtaStage; at: Date; window: EtaWindow };

/** An ETA that was shown, and when the order really came. */
export type Outcome = EtaSample & { stage: EtaStage; fromMinutes: number; toMinutes: number };

/** Shows ETAs by the same rules as the platform and remembers how each came true. */
export class EtaLedger {
  readonly outcomes: Outcome[] = [];
  readonly #shown = new Map<string, Shown[]>();

  constructor(private readonly calibrations: Calibrations) {}

  quote(
    orderId: string,
    order: { prepMinutes: number; tripDistanceM: number },
    around: QuoteAround,
    at: Date,
  ): void {
    const predicted = predictQuote(order.prepMinutes, order.tripDistanceM, around);
    const window = windowAround(predicted, this.calibrations, at);
    this.#shown.set(orderId, [{ stage: 'quote', at, window }]);
  }

  look(orderId: string, facts: EtaFacts): void {
    const prediction = predict(facts);
    const shown = this.#shown.get(orderId);
    if (!prediction || !shown) return;
    const { stage } = prediction;
    const window = windowAround(prediction, this.calibrations, facts.now);
    const last = shown.at(-1);
    const before = last ? { stage: last.stage, from: last.window.from, to: last.window.to } : null;
    if (isNews(before, stage, window, facts.now)) shown.push({ stage, at: facts.now, window });
  }

  arrived(orderId: string, at: Date): void {
    for (const { stage, at: shownAt, window } of this.#shown.get(orderId) ?? []) {
      const since = (moment: Date) => (moment.getTime() - shownAt.getTime()) / 60_000;
      this.outcomes.push({
        stage,
        predicted: since(window.middle),
        actual: since(at),
        fromMinutes: since(window.from),
        toMinutes: since(window.to),
      });
    }
    this.#shown.delete(orderId);
  }
}
