import { cookieFor } from './support/language';
import { expect, test } from './support/people';

test('a guest changes the language and keeps what is on the page', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill('ana@example.com');
  await page.getByRole('button', { name: 'Language: English' }).click();
  await page.getByRole('menuitem', { name: 'العربية' }).click();
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ar');
  await expect(page).toHaveTitle(/^تسجيل الدخول/);
  await expect(page.getByLabel('البريد الإلكتروني')).toHaveValue('ana@example.com');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('أهلًا بعودتك');
  await page.getByRole('button', { name: /^اللغة/ }).click();
  await page.getByRole('menuitem', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welcome back');
  await expect(page.locator('html')).toHaveAttribute('dir', 'ltr');
});

test('somebody signed in changes the language in their menu', async ({ customer }) => {
  await customer.goto('/orders');
  await customer.getByRole('button', { name: /^Account of/ }).click();
  await customer.getByRole('menuitem', { name: 'العربية' }).click();
  await expect(customer.getByRole('heading', { level: 1 })).toHaveText('الطلبات');
  await expect(customer.getByRole('status').filter({ hasText: 'مباشر' })).toBeVisible();
});

test('a browser that asks for Arabic gets it, and what goes wrong is said in it', async ({
  browser,
}) => {
  const context = await browser.newContext({ locale: 'ar-EG' });
  const page = await context.newPage();
  await page.goto(new URL('/sign-up', cookieFor('ar').url).href);
  await page.getByLabel('الاسم').fill('نورا');
  await page.getByLabel('البريد الإلكتروني').fill('admin@hotfoot.test');
  await page.getByLabel('كلمة المرور').fill('a long enough password');
  await page.getByRole('button', { name: 'أنشئ الحساب' }).click();
  await expect(page.getByText(/إن كان لديك حساب سابق بهذا البريد/)).toBeVisible();
  await context.close();
});

test('no page says anything that its language has no word for', async ({ page, admin, driver }) => {
  const complaints: string[] = [];
  for (const each of [page, admin, driver]) {
    each.on('console', (message) => {
      if (/_MESSAGE|MISSING|FORMATTING|hydrat/i.test(message.text()))
        complaints.push(message.text());
    });
    await each.context().addCookies([cookieFor('ar')]);
  }
  for (const path of ['/sign-in', '/sign-up', '/nowhere']) await page.goto(path);
  for (const path of ['/admin', '/admin/restaurants', '/admin/drivers']) await admin.goto(path);
  for (const path of ['/driver', '/driver/history']) await driver.goto(path);
  expect(complaints).toEqual([]);
});
