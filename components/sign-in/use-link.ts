import { useCallback, useEffect, useState } from "react";

/** Whose a link is. */
export interface LinkOwner {
  name: string;
  email: string;
}

export type LinkProblem = "dead" | "unreachable";

/** Asks whose a link is; `token` is null until the address has been read. */
export function useLink(token: string | null) {
  const [owner, setOwner] = useState<LinkOwner | null>(null);
  const [problem, setProblem] = useState<LinkProblem | null>(null);
  const ask = useCallback(async () => {
    if (token === null) return;
    setProblem(null);
    const answer = await fetch("/api/set-password", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token }),
    }).catch(() => null);
    if (answer?.ok) return setOwner((await answer.json()) as LinkOwner);
    setProblem(!answer || answer.status >= 500 ? "unreachable" : "dead");
  }, [token]);
  useEffect(() => void ask(), [ask]);
  return { owner, problem, ask: () => void ask() };
}
