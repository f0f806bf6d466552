import { LARGEST_MENU_FILE, type MenuFile, type MenuFormat, unreadable } from './menu-file';
import { readCsvMenu } from './read-csv-menu';
import { readJsonMenu } from './read-json-menu';

/** What somebody brings as a menu, dish by dish, or why it can't be read. */
export function readMenuFile(text: string, format: MenuFormat, currency: string): MenuFile {
  if (new TextEncoder().encode(text).length > LARGEST_MENU_FILE) return unreadable('too_large');
  return format === 'csv' ? readCsvMenu(text, currency) : readJsonMenu(text, currency);
}
