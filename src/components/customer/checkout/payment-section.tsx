import { Banknote } from 'lucide-react';
import { Card } from '@/components/ui/card';
import { Section } from './section';

export function PaymentSection() {
  return (
    <Section title="How to pay">
      <Card className="flex items-start gap-3 p-4">
        <Banknote aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-accent-ink" />
        <div>
          <p className="font-medium text-sm">Cash at the door</p>
          <p className="mt-0.5 text-quiet text-sm">
            The only way for now. Nothing is charged until the food is in your hands.
          </p>
        </div>
      </Card>
    </Section>
  );
}
