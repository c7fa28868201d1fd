import { expect, test } from "vitest";
import { repeatedKey } from "./repeated-key";

test.each<[string, string | null]>([
  ['{"asOf":"2026-01-01","asOf":"2026-02-01"}', "asOf"],
  ['{"facts":{"asOf":1,"deal":{"id":"a","id":"b"}}}', "id"],
  // The same key, however it is written.
  ['{"asOf":1,"\\u0061sOf":2}', "asOf"],
  ['{"a":{"id":1},"b":{"id":2},"c":[{"id":3},{"id":4}]}', null],
  ['{"a":"{\\"a\\":1,\\"a\\":2}","b":["a","a"]}', null],
  ['["a","a"]', null],
])("of %s the repeated key is %j", (json, key) => {
  expect(repeatedKey(json)).toBe(key);
});
