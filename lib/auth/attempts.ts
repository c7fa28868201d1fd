/** Failed sign-ins that one address may have within the window before it must wait. */
export const ATTEMPTS = 8;
const WINDOW_MS = 10 * 60_000;
const REMEMBERED = 10_000;

/**
 * Counts failed sign-ins by address, in this process's memory: several processes count each for
 * themselves, and a restart forgets. Guessing stays slow without a write for every stranger's try.
 */
export class FailedAttempts {
  private readonly failures = new Map<string, number[]>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Whether this address must wait before its next try. */
  mustWait(email: string): boolean {
    return this.recent(email).length >= ATTEMPTS;
  }

  failed(email: string): void {
    const recent = [...this.recent(email), this.now()];
    this.failures.delete(email);
    this.failures.set(email, recent);
    if (this.failures.size > REMEMBERED) {
      const oldest = this.failures.keys().next().value as string;
      this.failures.delete(oldest);
    }
  }

  succeeded(email: string): void {
    this.failures.delete(email);
  }

  private recent(email: string): number[] {
    return (this.failures.get(email) ?? []).filter((at) => at > this.now() - WINDOW_MS);
  }
}
