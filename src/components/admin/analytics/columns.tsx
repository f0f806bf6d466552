export type Column = {
  key: string;
  /** Under the column, when there is room. */
  label: string;
  /** Shares of the plot's height. */
  height: number;
  /** Where the one before stood; null: not shown. */
  mark: number | null;
  tone: string;
  /** Above the column; one or two at the most. */
  note?: string | undefined;
};

type ColumnsProps = { description: string; columns: readonly Column[] };

/** So many columns bear their label, of hours and of days. */
const [SHORT_LABELS, LONG_LABELS] = [8, 4];

const share = (height: number) => `${(Math.min(1, height) * 100).toFixed(1)}%`;

/** Columns side by side, in the direction of reading; one picture to those who hear it. */
export function Columns({ description, columns }: ColumnsProps) {
  const long = columns.some(({ label }) => label.length > '00:00'.length);
  const every = Math.ceil(columns.length / (long ? LONG_LABELS : SHORT_LABELS));
  return (
    <div role="img" aria-label={description} className="mt-3">
      <div className="relative flex h-52 items-end gap-px border-line border-b pt-6 sm:gap-0.5">
        {columns.map(({ key, height, mark, tone, note }) => (
          <div key={key} className="relative h-full flex-1">
            <div
              style={{ height: share(height) }}
              className={`absolute inset-x-0 bottom-0 rounded-t-[3px] transition-[height] duration-500 ease-settle ${tone}`}
            />
            {mark !== null && mark > 0 && (
              <div style={{ bottom: share(mark) }} className="absolute inset-x-0 h-0.5 bg-ink" />
            )}
            {note && (mark ?? 0) <= height && (
              <span
                style={{ bottom: share(height) }}
                className="numerals absolute start-1/2 z-10 mb-1 -translate-x-1/2 whitespace-nowrap rounded-[4px] bg-raised px-1 font-semibold text-xs rtl:translate-x-1/2"
              >
                {note}
              </span>
            )}
          </div>
        ))}
      </div>
      <div className="numerals mt-1.5 flex gap-px text-faint text-xs sm:gap-0.5">
        {columns.map(({ key, label }, index) => (
          <span key={key} className="relative h-4 flex-1">
            {index % every === 0 && (
              <span className="absolute start-0 whitespace-nowrap">{label}</span>
            )}
          </span>
        ))}
      </div>
    </div>
  );
}
