"use client";

import { useMutation } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { ProblemLine } from "@/components/ui/error-state";
import { saveJson } from "@/components/ui/save-file";
import { client } from "@/lib/api/client";

/** Takes an entry along with what shows an outsider that it is in the log. */
export function TakeProof({ id }: { id: number }) {
  const take = useMutation({
    mutationFn: () => client.auditProof({ id }),
    onSuccess: (proof) => saveJson(proof, `audit-entry-${id}.proof.json`),
  });
  return (
    <>
      <Button
        look="quiet"
        size="small"
        className="ml-2 print:hidden"
        isPending={take.isPending}
        onPress={() => take.mutate()}
      >
        Download entry {id} with its proof
      </Button>
      {take.error && <ProblemLine error={take.error} />}
    </>
  );
}
