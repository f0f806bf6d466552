import { Button } from '@/components/ui/button';
import { cancelTerms } from '@/domain/cancellation';
import type { OrderView } from '@/domain/views';
import type { Actions } from './order-actions';
import { useOrderWords } from './use-order-words';

/** The way out, as long as there is one, or why there is none. */
export function CancelRow({ view, actions: { ask } }: { view: OrderView; actions: Actions }) {
  const { t } = useOrderWords();
  const terms = cancelTerms(view.order, view.delivery);
  if (!terms.allowed) {
    if (terms.why === 'closed') return null;
    return <p className="mt-6 text-pretty text-quiet text-sm">{t(`cancel.${terms.why}`)}</p>;
  }
  return (
    <Button variant="danger-quiet" className="-ms-4 mt-6" onClick={() => ask('cancel')}>
      {t('cancel.open')}
    </Button>
  );
}
