import { LayoutDashboard } from 'lucide-react';
import { COLUMNS } from '@/components/admin/columns';
import { cn } from '@/components/ui/cn';
import { INK_TONE } from '@/components/ui/tone';
import type { BoardColumn } from '@/domain/moment';
import { Panel } from './panel';
import { useStoryWords } from './use-story-words';

type BoardPanelProps = { columns: readonly BoardColumn[]; orderId: string };

/** The board in small: where the order stood among the others. */
export function BoardPanel({ columns, orderId }: BoardPanelProps) {
  const { story, t } = useStoryWords();
  const own = columns.find(({ chips }) => chips.some((chip) => chip.orderId === orderId));
  return (
    <Panel
      icon={LayoutDashboard}
      title={story('board')}
      aside={own ? t(`column.${own.id}.title`) : story('notOnBoard')}
      className="md:col-span-2"
    >
      <ul className="grid grid-cols-2 gap-2 p-3 sm:grid-cols-3 xl:grid-cols-6">
        {columns.map(({ id, total, chips }) => {
          const { tone, icon: Icon } = COLUMNS[id];
          return (
            <li key={id} className="rounded-control bg-sunken p-2">
              <p className="flex items-center gap-1.5 font-medium text-xs">
                <Icon
                  aria-hidden="true"
                  className={cn('size-3.5 shrink-0', total > 0 ? INK_TONE[tone] : 'text-faint')}
                />
                <span className="min-w-0 truncate">{t(`column.${id}.title`)}</span>
                <span className="numerals ms-auto text-quiet">{total}</span>
              </p>
              <ul className="mt-1.5 flex flex-wrap gap-1">
                {chips.map((chip) => (
                  <li
                    key={chip.orderId}
                    aria-current={chip.orderId === orderId ? 'true' : undefined}
                    className={cn(
                      'numerals rounded-[5px] px-1.5 py-0.5 text-xs',
                      chip.orderId === orderId ? 'bg-accent text-on-accent' : 'bg-raised',
                      chip.late && chip.orderId !== orderId && 'text-bad-ink',
                    )}
                  >
                    #{chip.number}
                    {chip.late && <span className="sr-only"> {story('late')}</span>}
                  </li>
                ))}
                {total > chips.length && (
                  <li className="numerals px-1 py-0.5 text-quiet text-xs">
                    {story('more', { count: total - chips.length })}
                  </li>
                )}
              </ul>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
