import { useTranslations } from 'next-intl';
import { Dialog } from '@/components/ui/dialog';

const KEYS = [
  { keys: ['↑', '↓', '←', '→'], does: 'move' },
  { keys: ['Enter'], does: 'open' },
  { keys: ['A'], does: 'assign' },
  { keys: ['A', '1', '–', '9'], does: 'give' },
  { keys: ['Esc'], does: 'close' },
  { keys: ['/'], does: 'search' },
  { keys: ['Ctrl', 'K'], does: 'palette' },
  { keys: ['?'], does: 'help' },
] as const;

type HelpDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

export function HelpDialog({ open, onOpenChange }: HelpDialogProps) {
  const t = useTranslations('admin.help');
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('title')}
      description={t('detail')}
      size="sm"
    >
      <dl className="divide-y divide-line text-sm">
        {KEYS.map(({ keys, does }) => (
          <div key={does} className="flex min-h-11 items-center justify-between gap-4">
            <dt dir="ltr" className="order-2 flex gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="grid h-7 min-w-7 place-items-center rounded-control border border-line bg-sunken px-2 font-medium font-sans text-xs"
                >
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{t(does)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
