/** What every button has, and what the two of a broken page need without the code of variants. */
export const BUTTON =
  'relative inline-flex select-none items-center justify-center gap-2 whitespace-nowrap rounded-control font-medium transition-[background-color,border-color,color,scale] duration-150 active:scale-[0.985] disabled:pointer-events-none disabled:opacity-50 [&_svg]:shrink-0';
export const PRIMARY = 'bg-accent text-on-accent hover:bg-accent-strong';
export const SECONDARY = 'border border-line bg-raised text-ink hover:border-edge hover:bg-hover';
export const MEDIUM = 'h-11 px-4 text-sm [&_svg]:size-[18px]';
