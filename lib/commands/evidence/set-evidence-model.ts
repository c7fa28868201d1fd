import { z } from "zod";
import { evidenceModels } from "@/db/schema/evidence";
import { openSecret, sealSecret } from "@/lib/auth/sealed-secrets";
import { refuse } from "@/lib/errors";
import * as field from "../input";
import { defineVerb } from "../verb";
import { addressShape } from "../webhook/endpoint";
import { mayKeepModel } from "./guards";

/** What its key is sealed for. */
export const MODEL_PLACE = "evidence-model";

export const setEvidenceModel = defineVerb({
  name: "set-evidence-model",
  summary:
    "Name the model that reads what is handed in besides the rules, or another one; it decides nothing",
  input: z.strictObject({
    /** OpenAI-compatible, as `https://api.openai.com/v1`. */
    address: addressShape,
    model: field.line(200),
    /** Sealed, and never shown again; left out, the one that stands is kept. */
    key: z.string().max(10_000).optional(),
  }),
  output: z.object({ model: z.string() }),
  guard: mayKeepModel,
  async run({ tx, actor, audit }, { address: given, model, key }) {
    const [before] = await tx.select().from(evidenceModels).for("update");
    const address = given.replace(/\/+$/, "");
    // A key is told to nobody but whom it was given for.
    if (before?.sealed && key === undefined && address !== before.address)
      refuse("key", null, "is asked for anew with another address");
    const secret = key?.trim();
    const sealed =
      secret === undefined
        ? (before?.sealed ?? null)
        : secret === ""
          ? null
          : sealSecret(secret, MODEL_PLACE);
    const row = { address, model, sealed, setBy: actor.id, setAt: new Date() };
    await tx
      .insert(evidenceModels)
      .values(row)
      .onConflictDoUpdate({ target: evidenceModels.isOne, set: row });
    const shown = (one: typeof row | undefined) =>
      one ? { address: one.address, model: one.model, hasKey: one.sealed !== null } : null;
    audit({
      ...{ subjectKind: "evidence_model", subjectId: "one", dealId: null },
      ...{ before: shown(before), after: { ...shown(row), keyIsNew: secret !== undefined } },
    });
    return { model };
  },
});

/** @throws Error when its key is not here any more */
export const keyOf = ({ sealed }: { sealed: string | null }): string | null =>
  sealed === null ? null : openSecret(sealed, MODEL_PLACE);
