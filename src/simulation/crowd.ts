import { createGuestClient, createHotfootClient, type HotfootClient } from '@/client/node';
import type { Vehicle } from '@/domain/driver';
import { newKey } from '@/trpc/idempotency';
import { refusalOf } from '@/trpc/refusal';

export type CrowdOptions = {
  url: string;
  /** An admin who opens accounts for couriers that have none yet. */
  admin: { email: string; password: string };
};

const PASSWORD = 'simulated-person';
const FIRST =
  'Ana Ben Cleo Dov Edda Finn Gia Hugo Ines Jon Kaya Leo Mila Nils Oda Pau Rosa Sem Tove Uma Vito Wren Yara Zoe'.split(
    ' ',
  );
const LAST =
  'Alder Brook Cole Dale Eland Frost Gale Hart Ives Jarrow Kerr Lowe Marsh North Oakes Pike Reed Shaw Thorne Vale Ward Yates'.split(
    ' ',
  );

const nameOf = (index: number): string =>
  `${FIRST[index % FIRST.length]} ${LAST[(index * 7 + Math.floor(index / FIRST.length)) % LAST.length]}`;

const numbered = (kind: string, index: number): string =>
  `${kind}-${String(index + 1).padStart(4, '0')}@sim.hotfoot.test`;

async function signInOr(
  url: string,
  email: string,
  open: () => Promise<unknown>,
): Promise<HotfootClient> {
  const credentials = { url, email, password: PASSWORD };
  try {
    return await createHotfootClient(credentials);
  } catch (error) {
    if (refusalOf(error).reason !== 'wrong_credentials') throw error;
    await open();
    return createHotfootClient(credentials);
  }
}

/** The simulated people; each has an account like anyone else, opened when it is missing. */
export function crowd({ url, admin }: CrowdOptions) {
  let adminPerson: Promise<HotfootClient> | undefined;
  return {
    courier(index: number, vehicle: Vehicle): Promise<HotfootClient> {
      const email = numbered('courier', index);
      return signInOr(url, email, async () => {
        adminPerson ??= createHotfootClient({ url, ...admin });
        const { api } = await adminPerson;
        await api.admin.addDriver.mutate({
          idempotencyKey: newKey(),
          name: nameOf(index),
          email,
          password: PASSWORD,
          vehicle,
        });
      });
    },
    customer(index: number): Promise<HotfootClient> {
      const email = numbered('customer', index);
      return signInOr(url, email, () =>
        createGuestClient(url).auth.signUp.mutate({
          name: nameOf(index + 11),
          email,
          password: PASSWORD,
        }),
      );
    },
    async close(): Promise<void> {
      await (await adminPerson)?.close();
    },
  };
}
