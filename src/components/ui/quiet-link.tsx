'use client';

import Link from 'next/link';
import { type ComponentProps, useEffect, useState } from 'react';
import { whenIdle } from './when-idle';

/**
 * A link whose page is fetched ahead at a quiet moment after the first sign of a person: whoever has just
 * opened a page does not wait for others that they may go to.
 */
export function QuietLink(props: Omit<ComponentProps<typeof Link>, 'prefetch'>) {
  const [ahead, setAhead] = useState(false);
  useEffect(() => whenIdle(() => setAhead(true)), []);
  return <Link prefetch={ahead ? null : false} {...props} />;
}
