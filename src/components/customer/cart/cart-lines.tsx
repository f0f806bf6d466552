'use client';

import { Stepper } from '@/components/ui/stepper';
import { formatMoney } from '@/domain/money';
import { type Cart, lineKey, setQuantity } from './cart';

/** The dishes with their quantities, to be changed in place. */
export function CartLines({ cart }: { cart: Cart }) {
  return (
    <ul className="divide-y divide-line">
      {cart.lines.map((line) => {
        const key = lineKey(line);
        const details = [...line.optionNames, line.note && `“${line.note}”`].filter(Boolean);
        return (
          <li key={key} className="flex items-start gap-3 py-3.5">
            <div className="min-w-0 flex-1">
              <p className="font-medium text-sm">{line.name}</p>
              {details.length > 0 && (
                <p className="mt-0.5 text-pretty text-quiet text-xs">{details.join(', ')}</p>
              )}
              <p className="numerals mt-1 text-sm">
                {formatMoney(line.unitPrice * line.quantity, cart.restaurant.currency)}
              </p>
            </div>
            <Stepper
              label={line.name}
              value={line.quantity}
              min={0}
              onChange={(quantity) => setQuantity(key, quantity)}
            />
          </li>
        );
      })}
    </ul>
  );
}
