import { type AnyContractProcedure, oc } from "@orpc/contract";
import type { z } from "zod";
import { contract } from "./contract";
import { fieldsIn, placeOf } from "./places";
import { nameOf } from "./routes";

const isObject = (schema: z.ZodType): schema is z.ZodObject => schema.type === "object";

/** What stands in an address is given, also where a call by its name may leave it out. */
function withGiven(input: z.ZodType, given: readonly string[]): z.ZodType {
  if (!isObject(input)) return input;
  const left = given.filter((name) => input.shape[name]?.safeParse(undefined).success);
  return left.length === 0
    ? input
    : input.required(Object.fromEntries(left.map((name) => [name, true])) as Record<never, true>);
}

function atPlace(procedure: AnyContractProcedure, name: string): AnyContractProcedure | null {
  const place = placeOf(name);
  if (!place) return null;
  const { route, inputSchema, outputSchema } = procedure["~orpc"];
  return oc
    .route({ ...route, ...place })
    .input(withGiven(inputSchema as z.ZodType, fieldsIn(place.path)))
    .output(outputSchema as z.ZodType);
}

/** The calls that have a place besides their name, by their keys in the contract, as they stand there. */
export const PLACED: Readonly<Record<string, AnyContractProcedure>> = Object.fromEntries(
  Object.entries(contract as Record<string, AnyContractProcedure>).flatMap(([key, procedure]) => {
    const placed = atPlace(procedure, nameOf(key));
    return placed ? [[key, placed]] : [];
  }),
);

/** The contract as it is published: each call once, where a stranger looks for it. */
export const PUBLISHED: Readonly<Record<string, AnyContractProcedure>> = {
  ...(contract as Record<string, AnyContractProcedure>),
  ...PLACED,
};
