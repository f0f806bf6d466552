import { adminProcedure } from '@/api/init';
import {
  AssignInput,
  assignDelivery,
  UnassignInput,
  unassignDelivery,
} from '@/services/assign-delivery';
import { CancelByAdminInput, cancelOrder } from '@/services/cancel-order';
import {
  AddressBookInput,
  AddressTermsInput,
  ChangeAddressInput,
  changeAddress,
  getAddressBook,
  getAddressTerms,
} from '@/services/change-address';
import { DelayOrderInput, delayOrder } from '@/services/delay-order';
import { HandBackInput, handBackDelivery } from '@/services/hand-back-delivery';
import { listAdmins } from '@/services/list-admins';
import { RefundOrderInput, refundOrder } from '@/services/refund-order';
import { RestoreOrderInput, restoreOrder } from '@/services/step-order';

/** An admin's screen has always seen a version; what it brings is checked under the order's lock. */
const seen = { seenVersion: true } as const;

/** What a dispatcher does to an order by hand; part of the admin's router. */
export const handsOnProcedures = {
  assign: adminProcedure
    .input(AssignInput.required(seen))
    .mutation(({ ctx, input }) => assignDelivery(ctx.service, input)),
  unassign: adminProcedure
    .input(UnassignInput.required(seen))
    .mutation(({ ctx, input }) => unassignDelivery(ctx.service, input)),
  handBack: adminProcedure
    .input(HandBackInput.required(seen))
    .mutation(({ ctx, input }) => handBackDelivery(ctx.service, input)),
  delay: adminProcedure
    .input(DelayOrderInput.required(seen))
    .mutation(({ ctx, input }) => delayOrder(ctx.service, input)),
  cancel: adminProcedure
    .input(CancelByAdminInput.required(seen))
    .mutation(({ ctx, input }) => cancelOrder(ctx.service, input)),
  restore: adminProcedure
    .input(RestoreOrderInput.required(seen))
    .mutation(({ ctx, input }) => restoreOrder(ctx.service, input)),
  changeAddress: adminProcedure
    .input(ChangeAddressInput.required(seen))
    .mutation(({ ctx, input }) => changeAddress(ctx.service, input)),
  addressTerms: adminProcedure
    .input(AddressTermsInput)
    .query(({ ctx, input }) => getAddressTerms(ctx.service, input)),
  addressBook: adminProcedure
    .input(AddressBookInput)
    .query(({ ctx, input }) => getAddressBook(ctx.service, input)),
  refund: adminProcedure
    .input(RefundOrderInput.required(seen))
    .mutation(({ ctx, input }) => refundOrder(ctx.service, input)),
  admins: adminProcedure.query(({ ctx }) => listAdmins(ctx.service)),
};
