import { useTranslations } from 'next-intl';
import { AccountPage } from '@/components/customer/account/account-page';
import { LinkButton } from '@/components/ui/button';

export default function NotFound() {
  const t = useTranslations('people.join');
  return (
    <AccountPage title={t('gone')} subtitle={t('goneDetail')}>
      <LinkButton href="/sign-in" full>
        {t('signIn')}
      </LinkButton>
    </AccountPage>
  );
}
