/** How often a meeting's screens look what the others did. */
export const POLL_MS = 1500;
