/** A pattern for `ilike`: the text anywhere, its own wildcards taken literally. */
export const like = (text: string) => `%${text.replace(/[\\%_]/g, "\\$&")}%`;
