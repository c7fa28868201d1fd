export function amountBand(amount: number, currency: string): number {
  const major = amount / (currency === "JPY" ? 1 : 100);
  return major < 10_000 ? 0 : major < 50_000 ? 1 : major < 250_000 ? 2 : 3;
}
