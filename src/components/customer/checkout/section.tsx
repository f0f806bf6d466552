import { CircleAlert } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import type { RefusalWords } from '@/trpc/refusal';

type SectionProps = { title: string; problem?: RefusalWords | null; children: ReactNode };

export function Section({ title, problem, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="mb-3 text-lg">
        {title}
      </h2>
      {problem && (
        <p className="mb-3 flex items-start gap-2 text-bad-ink text-sm">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {problem.message} {problem.hint}
        </p>
      )}
      {children}
    </section>
  );
}
