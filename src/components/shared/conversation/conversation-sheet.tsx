'use client';

import { lazyWhenOpen } from '@/components/ui/lazy-when-open';

/** The conversation, whose code comes when the page is idle or when it opens first. */
export const ConversationSheet = lazyWhenOpen(() => import('./conversation-sheet-popup'));
