import { adminProcedure, publicProcedure, router } from '@/api/init';
import {
  BlockPersonInput,
  blockPerson,
  UnblockPersonInput,
  unblockPerson,
} from '@/services/block-person';
import { ChangeRoleInput, changeRole } from '@/services/change-role';
import { EndSessionsInput, endSessions } from '@/services/end-sessions';
import { ErasePersonInput, erasePerson } from '@/services/erase-person';
import { ExportPersonInput, exportPerson } from '@/services/export-person';
import {
  InvitationInput,
  InvitePersonInput,
  invitePerson,
  listInvitations,
  renewInvitation,
  withdrawInvitation,
} from '@/services/invite-person';
import {
  GetInvitationInput,
  getInvitation,
  JoinInput,
  joinByInvitation,
} from '@/services/join-by-invitation';
import { GetPersonInput, getPerson, ListPeopleInput, listPeople } from '@/services/list-people';
import { MoveDriverInput, moveDriver } from '@/services/move-driver';

export const peopleRouter = router({
  list: adminProcedure
    .input(ListPeopleInput)
    .query(({ ctx, input }) => listPeople(ctx.service, input)),
  get: adminProcedure
    .input(GetPersonInput)
    .query(({ ctx, input }) => getPerson(ctx.service, input, ctx.session.id)),
  endSessions: adminProcedure
    .input(EndSessionsInput)
    .mutation(({ ctx, input }) => endSessions(ctx.service, input, ctx.session.id)),
  block: adminProcedure
    .input(BlockPersonInput)
    .mutation(({ ctx, input }) => blockPerson(ctx.service, input)),
  unblock: adminProcedure
    .input(UnblockPersonInput)
    .mutation(({ ctx, input }) => unblockPerson(ctx.service, input)),
  changeRole: adminProcedure
    .input(ChangeRoleInput)
    .mutation(({ ctx, input }) => changeRole(ctx.service, input)),
  export: adminProcedure
    .input(ExportPersonInput)
    .mutation(({ ctx, input }) => exportPerson(ctx.service, input)),
  erase: adminProcedure
    .input(ErasePersonInput)
    .mutation(({ ctx, input }) => erasePerson(ctx.service, input)),
  moveDriver: adminProcedure
    .input(MoveDriverInput)
    .mutation(({ ctx, input }) => moveDriver(ctx.service, input)),
  invitations: adminProcedure.query(({ ctx }) => listInvitations(ctx.service)),
  invite: adminProcedure
    .input(InvitePersonInput)
    .mutation(({ ctx, input }) => invitePerson(ctx.service, input)),
  renewInvitation: adminProcedure
    .input(InvitationInput)
    .mutation(({ ctx, input }) => renewInvitation(ctx.service, input)),
  withdrawInvitation: adminProcedure
    .input(InvitationInput)
    .mutation(({ ctx, input }) => withdrawInvitation(ctx.service, input)),
  invitation: publicProcedure
    .input(GetInvitationInput)
    .query(({ ctx, input }) => getInvitation(ctx.service, input)),
  join: publicProcedure
    .input(JoinInput)
    .mutation(({ ctx, input }) => joinByInvitation(ctx.service, input)),
});
