import { expect, test } from "vitest";
import { cookieIn, cookieOf } from "./cookies";

const brought = (cookie: string, proto = "http") => new Headers({ cookie, "x-forwarded-proto": proto });

test("over https a cookie is read by the name alone that no neighbour of this host can set", () => {
  const both = "a=1; token=planted; __Host-token=ours";
  expect(cookieIn(brought(both, "https"), "token")).toBe("ours");
  expect(cookieIn(brought("token=planted", "https"), "token")).toBeUndefined();
  expect(cookieIn(brought("a=1; token=plain"), "token")).toBe("plain");
  expect(cookieIn(new Headers(), "token")).toBeUndefined();
});

test("over https it is set so that a browser takes it: for this host, everywhere on it, over https alone", () => {
  expect(cookieOf("token", "x", 60, true)).toBe(
    "__Host-token=x; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure",
  );
  expect(cookieOf("token", "x", 60, false)).toBe("token=x; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
});
