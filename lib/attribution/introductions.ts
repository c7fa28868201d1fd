/**
 * The activities that are warm introductions (§8.4): somebody at the partner opened a door, and waits for what comes
 * of it. Their clock runs while the deal is open and the policy's window is.
 */
export const WARM_INTRODUCTIONS: readonly string[] = ["executive_intro", "recommendation"];
