/** What has happened so far, for the progress line and the summary. */
export class Tally {
  placed = 0;
  delivered = 0;
  cancelled = 0;
  expired = 0;
  offersSeen = 0;
  offersAccepted = 0;
  offersDeclined = 0;
  positions = 0;
  online = 0;
  readonly refusals = new Map<string, number>();
  /** From placing to the door, minutes. */
  readonly minutesToDoor: number[] = [];

  refused(reason: string): void {
    this.refusals.set(reason, (this.refusals.get(reason) ?? 0) + 1);
  }

  line(): string {
    const underWay = this.placed - this.delivered - this.cancelled - this.expired;
    return [
      `${this.online} couriers online`,
      `${this.placed} orders`,
      `${underWay} under way`,
      `${this.delivered} delivered`,
      `${this.positions} positions`,
    ].join(' · ');
  }

  summary(): string {
    const sorted = [...this.minutesToDoor].sort((a, b) => a - b);
    const at = (share: number) =>
      sorted[Math.floor(share * (sorted.length - 1))]?.toFixed(1) ?? '–';
    const answered = this.offersAccepted + this.offersDeclined;
    const rows: [string, string][] = [
      ['orders placed', `${this.placed}`],
      ['delivered', `${this.delivered}`],
      ['cancelled', `${this.cancelled}`],
      ['not answered', `${this.expired}`],
      ['minutes to the door, median and p90', `${at(0.5)} and ${at(0.9)}`],
      [
        'offers seen, accepted of answered',
        `${this.offersSeen}, ${this.offersAccepted}/${answered}`,
      ],
      ['positions reported', `${this.positions}`],
      ...[...this.refusals].map(([reason, n]): [string, string] => [`refused: ${reason}`, `${n}`]),
    ];
    return rows.map(([name, value]) => `  ${name.padEnd(38)} ${value}`).join('\n');
  }
}
