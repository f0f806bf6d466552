import { adminProcedure, router } from '@/api/init';
import { AddDishInput, addDish } from '@/services/add-dish';
import { ArchiveRestaurantInput, archiveRestaurant } from '@/services/archive-restaurant';
import { MoveDishInput, MoveSectionInput, moveDish, moveSection } from '@/services/arrange-menu';
import {
  AddSectionInput,
  addSection,
  RemoveSectionInput,
  RenameSectionInput,
  removeSection,
  renameSection,
} from '@/services/change-section';
import { CreateRestaurantInput, createRestaurant } from '@/services/create-restaurant';
import { EditDishInput, editDish } from '@/services/edit-dish';
import { EditRestaurantInput, editRestaurant } from '@/services/edit-restaurant';
import { ExportMenuInput, exportMenu } from '@/services/export-menu';
import { getRestaurantDesk, RestaurantDeskInput } from '@/services/get-restaurant-desk';
import {
  ImportMenuInput,
  importMenu,
  PreviewMenuInput,
  previewMenuImport,
} from '@/services/import-menu';
import { RemoveDishInput, RestoreDishInput, removeDish, restoreDish } from '@/services/remove-dish';
import { RemovePhotoInput, removePhoto } from '@/services/remove-photo';
import { SetDeliveryAreaInput, setDeliveryArea } from '@/services/set-delivery-area';
import { SetHoursInput, setHours } from '@/services/set-hours';
import { GetLadderInput, getLadder, SetLadderInput, setLadder } from '@/services/set-ladder';

/** Restaurants and their menus, edited by admins. */
export const restaurantDeskRouter = router({
  get: adminProcedure
    .input(RestaurantDeskInput)
    .query(({ ctx, input }) => getRestaurantDesk(ctx.service, input)),
  create: adminProcedure
    .input(CreateRestaurantInput)
    .mutation(({ ctx, input }) => createRestaurant(ctx.service, input)),
  edit: adminProcedure
    .input(EditRestaurantInput)
    .mutation(({ ctx, input }) => editRestaurant(ctx.service, input)),
  archive: adminProcedure
    .input(ArchiveRestaurantInput)
    .mutation(({ ctx, input }) => archiveRestaurant(ctx.service, input)),
  setHours: adminProcedure
    .input(SetHoursInput)
    .mutation(({ ctx, input }) => setHours(ctx.service, input)),
  /** What climbs when a kitchen does not see something: one restaurant's, or that of all. */
  ladder: adminProcedure
    .input(GetLadderInput)
    .query(({ ctx, input }) => getLadder(ctx.service, input)),
  setLadder: adminProcedure
    .input(SetLadderInput)
    .mutation(({ ctx, input }) => setLadder(ctx.service, input)),
  setDeliveryArea: adminProcedure
    .input(SetDeliveryAreaInput)
    .mutation(({ ctx, input }) => setDeliveryArea(ctx.service, input)),
  addSection: adminProcedure
    .input(AddSectionInput)
    .mutation(({ ctx, input }) => addSection(ctx.service, input)),
  renameSection: adminProcedure
    .input(RenameSectionInput)
    .mutation(({ ctx, input }) => renameSection(ctx.service, input)),
  removeSection: adminProcedure
    .input(RemoveSectionInput)
    .mutation(({ ctx, input }) => removeSection(ctx.service, input)),
  moveSection: adminProcedure
    .input(MoveSectionInput)
    .mutation(({ ctx, input }) => moveSection(ctx.service, input)),
  addDish: adminProcedure
    .input(AddDishInput)
    .mutation(({ ctx, input }) => addDish(ctx.service, input)),
  editDish: adminProcedure
    .input(EditDishInput)
    .mutation(({ ctx, input }) => editDish(ctx.service, input)),
  removeDish: adminProcedure
    .input(RemoveDishInput)
    .mutation(({ ctx, input }) => removeDish(ctx.service, input)),
  restoreDish: adminProcedure
    .input(RestoreDishInput)
    .mutation(({ ctx, input }) => restoreDish(ctx.service, input)),
  moveDish: adminProcedure
    .input(MoveDishInput)
    .mutation(({ ctx, input }) => moveDish(ctx.service, input)),
  /** One comes in at `POST /api/photos`, as bytes. */
  removePhoto: adminProcedure
    .input(RemovePhotoInput)
    .mutation(({ ctx, input }) => removePhoto(ctx.service, input)),
  /** Changes nothing; a mutation since the file is the request's body. */
  previewImport: adminProcedure
    .input(PreviewMenuInput)
    .mutation(({ ctx, input }) => previewMenuImport(ctx.service, input)),
  importMenu: adminProcedure
    .input(ImportMenuInput)
    .mutation(({ ctx, input }) => importMenu(ctx.service, input)),
  exportMenu: adminProcedure
    .input(ExportMenuInput)
    .query(({ ctx, input }) => exportMenu(ctx.service, input)),
});
