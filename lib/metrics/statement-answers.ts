/** For so many days after a link was shared, a partner confirms and contests by it (domain.md §9). */
export const ANSWER_DAYS = 30;
