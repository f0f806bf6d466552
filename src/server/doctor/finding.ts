/** What was looked at, how it stands, and what mends it. */
export type Finding = {
  name: string;
  /** `wrong`: Hotfoot does not work with it. `warning`: it does, but somebody should look. */
  state: 'ok' | 'warning' | 'wrong';
  detail: string;
  /** A command, or one sentence; null where nothing has to be done. */
  mend: string | null;
};

export const ok = (name: string, detail: string): Finding => ({
  ...{ name, state: 'ok', detail, mend: null },
});
export const warning = (name: string, detail: string, mend: string): Finding => ({
  ...{ name, state: 'warning', detail, mend },
});
export const wrong = (name: string, detail: string, mend: string): Finding => ({
  ...{ name, state: 'wrong', detail, mend },
});

export const messageOf = (error: unknown): string =>
  error instanceof AggregateError && error.errors[0] instanceof Error
    ? error.errors[0].message
    : error instanceof Error
      ? (error.cause instanceof Error && error.cause.message) || error.message
      : String(error);
