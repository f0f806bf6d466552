import { Dialog } from '@/components/ui/dialog';

const KEYS = [
  { keys: ['↑', '↓', '←', '→'], does: 'Move between orders' },
  { keys: ['Enter'], does: 'Open the order' },
  { keys: ['A'], does: 'Assign a driver' },
  { keys: ['Esc'], does: 'Close the order' },
  { keys: ['/'], does: 'Search' },
  { keys: ['?'], does: 'This help' },
] as const;

type HelpDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

export const HelpDialog = ({ open, onOpenChange }: HelpDialogProps) => (
  <Dialog
    open={open}
    onOpenChange={onOpenChange}
    title="Keyboard"
    description="The board works without a mouse."
    size="sm"
  >
    <dl className="divide-y divide-line text-sm">
      {KEYS.map(({ keys, does }) => (
        <div key={does} className="flex min-h-11 items-center justify-between gap-4">
          <dt className="order-2 flex gap-1">
            {keys.map((key) => (
              <kbd
                key={key}
                className="grid h-7 min-w-7 place-items-center rounded-control border border-line bg-sunken px-2 font-medium font-sans text-xs"
              >
                {key}
              </kbd>
            ))}
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  </Dialog>
);
