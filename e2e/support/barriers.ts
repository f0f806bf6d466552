import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Nothing on the page, as it stands, breaks a rule of WCAG that a program can check; `title` names it. */
export async function expectNoViolations(page: Page, title: string): Promise<void> {
  // A colour on its way to another is neither: what moves has come to rest.
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState }) => playState !== 'running'),
  );
  // Checked within the page, and only what breaks a rule is told of: to look into frames of other sites
  // too, each check would open a page more.
  expect(page.frames(), title).toHaveLength(1);
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags(WCAG)
    .setLegacyMode()
    .analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  expect(found, title).toEqual([]);
}
