'use client';

import { useState } from 'react';

/** What somebody is writing over what stands, and whether that has changed under their hands. */
export function useDraft<Value>(standing: Value, version: number) {
  const [draft, setDraft] = useState<{ value: Value; begunAt: number } | null>(null);
  return {
    value: draft?.value ?? standing,
    changed: draft !== null,
    overtaken: draft !== null && version > draft.begunAt,
    /** The version that it was begun with. */
    version: draft?.begunAt ?? version,
    set: (value: Value) => setDraft({ value, begunAt: draft?.begunAt ?? version }),
    discard: () => setDraft(null),
    /** One's own change of something else has made a new version. */
    goOnFrom: (next: number) => setDraft(draft && { ...draft, begunAt: next }),
  };
}
