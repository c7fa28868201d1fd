import { Refusal } from "@/lib/errors";

/** Reads a body that strangers may send; what is longer is refused before it is read whole, length told or not. */
export async function smallBody(request: Request, most = 16_384): Promise<string> {
  const body = await bodyWithin(request, most);
  if (!body)
    throw new Refusal({ code: "invalid", field: "", value: null, rule: `must be at most ${most} bytes` });
  return body.toString("utf8");
}

/** A body of so many bytes at most, whether its length was told or not; null when it is longer, and the rest is not read. */
export async function bodyWithin(request: Request, most: number): Promise<Buffer | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const next = await reader?.read();
    if (!next || next.done) return Buffer.concat(parts);
    length += next.value.byteLength;
    if (length > most) {
      void reader?.cancel();
      return null;
    }
    parts.push(next.value);
  }
}
