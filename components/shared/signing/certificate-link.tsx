/** To the certificate of completion of what was signed: who opened and signed it, by what, on which head of the log. */
export function CertificateLink({ href }: { href: string }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener"
      className="mt-3 inline-block rounded-sm text-accent-ink underline decoration-line-control underline-offset-2 hover:decoration-current"
    >
      Certificate of completion
      <span className="sr-only">, a PDF, opens in a new window</span>
    </a>
  );
}
