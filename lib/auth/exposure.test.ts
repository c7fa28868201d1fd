import { expect, test } from "vitest";
import { hostOf, mayShowDemo, ON_PURPOSE, refuseOpenDemo } from "./exposure";

const env = (given: Record<string, string>) => ({ NODE_ENV: "test", ...given }) as NodeJS.ProcessEnv;

test("listens on loopback unless told, and on nothing that is no address", () => {
  expect(hostOf(env({}))).toBe("127.0.0.1");
  expect(hostOf(env({ HOST: "localhost" }))).toBe("127.0.0.1");
  expect(hostOf(env({ HOST: "0.0.0.0" }))).toBe("0.0.0.0");
  expect(() => hostOf(env({ HOST: "app.example" }))).toThrow("HOST is an IP address");
});

test.each([
  [{}, true],
  [{ HOST: "127.0.0.1" }, true],
  [{ HOST: "::1" }, true],
  [{ HOST: "0.0.0.0" }, false],
  [{ HOST: "192.168.1.4" }, false],
  [{ HOST: "::" }, false],
  [{ HOST: "0.0.0.0", DEMO_ON_PURPOSE: "yes" }, false],
  [{ HOST: "0.0.0.0", DEMO_ON_PURPOSE: ON_PURPOSE }, true],
])("with %o the demo's people may be there: %s", (given, may) => {
  expect(mayShowDemo(env(given))).toBe(may);
  const refused = () => refuseOpenDemo(env(given), 7);
  if (may) expect(refused).not.toThrow();
  else expect(refused).toThrow(ON_PURPOSE);
  expect(() => refuseOpenDemo(env(given), 0)).not.toThrow();
});
