import type { ExternalToast } from 'sonner';

type Kind = 'success' | 'info' | 'warning' | 'error';

let heard: () => void;
/** Resolves once the toaster listens. */
const listening = new Promise<void>((resolve) => {
  heard = resolve;
});
let askFor: (() => void) | null = null;

/** How the toaster is brought onto the page when the first word is said. */
export const onFirstToast = (bring: () => void): void => {
  askFor = bring;
};
export const toasterListens = (): void => heard();

async function say(kind: Kind, title: string, options?: ExternalToast): Promise<void> {
  askFor?.();
  const [{ toast: sonner }] = await Promise.all([import('sonner'), listening]);
  sonner[kind](title, options);
}

async function takeBack(ids: readonly string[]): Promise<void> {
  const [{ toast: sonner }] = await Promise.all([import('sonner'), listening]);
  for (const id of ids) sonner.dismiss(id);
}

/** Says something in passing. Its code comes when the page is idle, or with the first word. */
export const toast = {
  success: (title: string, options?: ExternalToast) => void say('success', title, options),
  info: (title: string, options?: ExternalToast) => void say('info', title, options),
  warning: (title: string, options?: ExternalToast) => void say('warning', title, options),
  error: (title: string, options?: ExternalToast) => void say('error', title, options),
  /** What was said with these ids. */
  dismiss: (ids: readonly string[]) => void takeBack(ids),
};
