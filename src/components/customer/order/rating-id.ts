/** Where the rating stands on the page, for those who jump to it. */
export const RATING_ID = 'rating';
