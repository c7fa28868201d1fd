import { Refusal } from "@/lib/errors";

/** Reads a body that strangers may send; what is longer is refused before it is read whole, length told or not. */
export async function smallBody(request: Request, most = 16_384): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const next = await reader?.read();
    if (!next || next.done) return Buffer.concat(parts).toString("utf8");
    length += next.value.byteLength;
    if (length > most) {
      void reader?.cancel();
      throw new Refusal({ code: "invalid", field: "", value: null, rule: `must be at most ${most} bytes` });
    }
    parts.push(next.value);
  }
}
