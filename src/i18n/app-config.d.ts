import type { LocaleTag } from '@/i18n/locales';
import type account from '@/messages/en/account.json';
import type address from '@/messages/en/address.json';
import type admin from '@/messages/en/admin.json';
import type analytics from '@/messages/en/analytics.json';
import type apiKeys from '@/messages/en/apiKeys.json';
import type board from '@/messages/en/board.json';
import type cart from '@/messages/en/cart.json';
import type checkout from '@/messages/en/checkout.json';
import type conversation from '@/messages/en/conversation.json';
import type desk from '@/messages/en/desk.json';
import type discover from '@/messages/en/discover.json';
import type dispatch from '@/messages/en/dispatch.json';
import type driver from '@/messages/en/driver.json';
import type eta from '@/messages/en/eta.json';
import type handsOn from '@/messages/en/handsOn.json';
import type kitchen from '@/messages/en/kitchen.json';
import type log from '@/messages/en/log.json';
import type notices from '@/messages/en/notices.json';
import type order from '@/messages/en/order.json';
import type orders from '@/messages/en/orders.json';
import type people from '@/messages/en/people.json';
import type polygon from '@/messages/en/polygon.json';
import type reasons from '@/messages/en/reasons.json';
import type restaurant from '@/messages/en/restaurant.json';
import type settings from '@/messages/en/settings.json';
import type share from '@/messages/en/share.json';
import type shared from '@/messages/en/shared.json';
import type story from '@/messages/en/story.json';
import type ui from '@/messages/en/ui.json';
import type webhooks from '@/messages/en/webhooks.json';
import type zones from '@/messages/en/zones.json';

declare module 'next-intl' {
  interface AppConfig {
    Locale: LocaleTag;
    Messages: {
      shared: typeof shared;
      ui: typeof ui;
      account: typeof account;
      address: typeof address;
      discover: typeof discover;
      restaurant: typeof restaurant;
      cart: typeof cart;
      checkout: typeof checkout;
      order: typeof order;
      orders: typeof orders;
      driver: typeof driver;
      admin: typeof admin;
      board: typeof board;
      notices: typeof notices;
      dispatch: typeof dispatch;
      eta: typeof eta;
      share: typeof share;
      conversation: typeof conversation;
      analytics: typeof analytics;
      story: typeof story;
      log: typeof log;
      handsOn: typeof handsOn;
      desk: typeof desk;
      people: typeof people;
      zones: typeof zones;
      polygon: typeof polygon;
      settings: typeof settings;
      apiKeys: typeof apiKeys;
      kitchen: typeof kitchen;
      webhooks: typeof webhooks;
      reasons: typeof reasons;
      /** By reason. English has none: its sentences stand in the code that refuses. */
      refusals: Record<string, { message: string; hint: string }>;
    };
  }
}
