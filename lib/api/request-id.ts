import type { Actor } from "@/lib/auth/actor";

/** A request's id as the log keeps it: one under a key begins with the key's, so that the log says by which. */
export const requestId = ({ key }: Pick<Actor, "key">, id: string): string => (key ? `${key.id}:${id}` : id);
